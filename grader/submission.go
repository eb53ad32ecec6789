package grader

// Submission is what a learner hands in: an answer to an exercise of the course.
type Submission struct {
	Exercise string            // the exercise's slug
	Files    map[string][]byte // name -> source; the grader does not modify it
	// Seed fixes what the grader draws at random; 0 draws one. The seed used
	// stands in the verdict.
	Seed uint64
}

// Stage is how far a judgement has come.
type Stage string

// The stages, in the order of a judgement.
const (
	StageChecking Stage = "checking" // against the policy
	StageBuilding Stage = "building"
	StageRunning  Stage = "running"
)

package grader

// Submission is what is to be judged: an answer to an exercise of the course, or
// a Go package with tests of its own.
type Submission struct {
	Exercise string // the exercise's slug; the package's name where Tests are given
	// Files are the sources by name; the grader does not modify them.
	Files map[string][]byte
	// Tests are the package's own, in the same package, and take the place of an
	// exercise's checks. The policy does not hold then: whoever writes the tests
	// has nothing to gain from cheating them. What the files import must be among
	// what was prepared: the standard packages for concurrent code, and x/sync.
	Tests map[string][]byte
	// Seed fixes what the grader draws at random; 0 draws one. The seed used
	// stands in the verdict.
	Seed uint64
	// Processors is the GOMAXPROCS of the runs; 0 is 2: enough for real
	// parallelism, and more find no more.
	Processors int
	// Least is how often each check of an answer that passes runs whatever that costs,
	// as far as the grader's repetitions go; 0 is 5.
	Least int
	// Keep keeps what was built for the next judgement of the same files: for
	// whoever asks for many verdicts on one answer. The last of them has it unset.
	Keep bool
	// Brief ends at the first process that shows something wrong: for whoever asks
	// only whether anything is. The other checks may not have run then.
	Brief bool
}

// Progress is one step of a judgement under way.
type Progress struct {
	Stage Stage
	// Finding is one that the verdict will have, told early; nil where a stage
	// begins. One that comes before the running stage is a remark, which gives way in the
	// verdict where something is seen to happen on its line. It is not put into words yet,
	// and belongs to the receiver.
	Finding *Finding
	// Output is what a [Program] has printed since the last step that had some, in
	// the run that it makes as it stands. It may end anywhere, and need not be UTF-8.
	Output string
}

// Stage is how far a judgement is.
type Stage string

// The stages in their order. A submission that is refused or that the compiler
// does not take goes no further.
const (
	StageChecking  Stage = "checking" // against the policy
	StageBuilding  Stage = "building"
	StageRunning   Stage = "running"   // each check once, as it stands
	StageRepeating Stage = "repeating" // nothing was wrong so far: again, perturbed
)

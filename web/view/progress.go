package view

// Progress is the way through the course, as far as one learner has come.
type Progress struct {
	Begun   bool   // something was answered, written or sent
	Kept    bool   // the server keeps something
	Notice  string // what has just happened, key below "web.done.", or ""
	Next    *Link  // where to go on, or nil
	Due     int    // cards to be reviewed today
	Cards   int    // all cards
	Wait    int    // in how many days the next card comes; 0 if none will
	Lessons []Stretch
	Loose   []Attempted
}

// Stretch is a lesson, how many of its questions are answered, and its exercises.
type Stretch struct {
	Link
	Number          int
	Answered, Total int
	Exercises       []Attempted
}

// Attempted is an exercise and how far the learner has come with it.
type Attempted struct {
	ExerciseCard
	Begun    bool
	Attempts int
	Passed   bool
	LastID   string
}

// State says in words how far somebody has come with an exercise.
func State(s Shell, passed, begun bool) string {
	switch {
	case passed:
		return s.Say("web.mine.passed")
	case begun:
		return s.Say("web.mine.tried")
	}
	return s.Say("web.mine.open")
}

// Held is how much is kept of somebody.
type Held struct {
	Submissions, Drafts, Answers, Cards int
}

// Any reports whether there is anything.
func (h Held) Any() bool { return h != Held{} }

// Recover is a recovery code that was entered and led nowhere.
type Recover struct {
	Code  string
	Fault string // key below "web.recover."
}

// Merge asks what shall become of the history that a browser has already.
type Merge struct {
	Code    string // that was entered
	OwnCode string // of the history that the browser has
	Own     Held
}

package view

import "slices"

// Exercise is an exercise's page, with or without a submission.
type Exercise struct {
	ExerciseCard
	Lesson  *Link // the lesson that it belongs to
	Brief   HTML
	Hints   []HTML
	Checks  []NamedCheck
	Files   []File
	Pending *Pending
	Verdict *Verdict
	Notice  string // a finished sentence to show above the editor, or ""
}

// File is a source file to edit.
type File struct {
	Name, Text, Starter string
}

// Rows is the height of the plain text area.
func (f File) Rows() int { return min(max(lines(f.Text)+2, minRows), maxRows) }

// A text area shows a short file whole and a long one in a box that still fits
// on a laptop's screen. Unit: lines.
const (
	minRows = 12
	maxRows = 34
)

func lines(s string) int {
	n := 1
	for i := range len(s) {
		if s[i] == '\n' {
			n++
		}
	}
	return n
}

// NamedCheck is a check of an exercise and what it looks at.
type NamedCheck struct {
	Name string
	Text HTML // or ""
}

// Pending is a submission without a verdict yet.
type Pending struct {
	ID    string
	State string // key below "web.state."
	Place int    // submissions ahead of it
	Newer string // the submission that replaced it, or ""
	Final bool   // there will be no verdict
}

// Verdict is the grader's verdict, put into words and on the learner's lines.
type Verdict struct {
	ID       string // of the submission
	Outcome  string // key below "outcome."
	Axes     []Axis
	Findings []Finding // what fails
	Remarks  []Finding // what only warns
	Checks   []CheckResult
	Runs     int
	Receipt  Receipt
	Right    []RightAnswer // only once it passed, as are the two below
	Next     *ExerciseCard // the exercise that comes after, or nil
	Lesson   *Link         // the lesson that the exercise belongs to, or nil
	NoBreak  *Place        // a no-break space in code that did not build
}

// RightAnswer is one of the ways to solve an exercise.
type RightAnswer struct {
	Name      string // the folder that holds it; "" for the reference
	Text      HTML   // what it is good for; "" for the reference
	Files     []Code
	Submitted bool // it is what was submitted
}

// Code is a file to read.
type Code struct {
	Name string
	Code HTML
}

// Unchecked lists the axes that were not looked at, those of one reason
// together, in the order of their first.
func (v Verdict) Unchecked() [][]Axis {
	var out [][]Axis
	for _, a := range v.Axes {
		if a.Reason == "" {
			continue
		}
		alike := func(group []Axis) bool { return group[0].Reason == a.Reason }
		if i := slices.IndexFunc(out, alike); i >= 0 {
			out[i] = append(out[i], a)
		} else {
			out = append(out, []Axis{a})
		}
	}
	return out
}

// Axis is one of the qualities of the code, and what is known of it.
type Axis struct {
	Name   string // key below "axis."
	State  string // passed, failed or not_checked
	Reason string // why it was not checked: a finished sentence, or ""
}

// Place is a position in the learner's files; Line 0 means unknown.
type Place struct {
	File string
	Line int
}

// Finding is one thing that is wrong.
type Finding struct {
	Kind    string // key below "web.found."; the axis where that says more
	Warning bool
	Place
	Column     int
	Text       string // the sentence
	Check      string // the check that showed it, or ""
	Quote      []CodeLine
	Key        string // of the sentence
	Explain    HTML   // the exercise's own explanation, or ""
	Why        *Link  // the lesson's section that tells why it matters, or nil
	Goroutines []Goroutine
	Sides      bool // two goroutines in two places, to be read side by side
	Possible   bool // it has not come to it yet
	Evidence   string
}

// chained reports whether it is known of any goroutine whom it waits for.
func (f Finding) chained() bool {
	return slices.ContainsFunc(f.Goroutines, func(g Goroutine) bool { return g.WaitsFor > 0 })
}

// heading returns the key of what stands above the goroutines.
func (f Finding) heading() string {
	if f.chained() && !f.Possible {
		return "web.finding.chain"
	}
	return "web.finding.goroutines"
}

// arrow returns the key of what leads from a goroutine to the one it waits for.
func (f Finding) arrow() string {
	if f.Possible {
		return "web.finding.would"
	}
	return "web.finding.waits"
}

// Severity returns what the editor's gutter calls it.
func (f Finding) Severity() string {
	if f.Warning {
		return "warning"
	}
	return "error"
}

// CodeLine is one line of the learner's file.
type CodeLine struct {
	Number int
	Code   HTML
	Hit    bool // the finding is on this line
}

// Goroutine is what one goroutine does at the moment of the finding.
type Goroutine struct {
	Place
	Does     string // key below "web.side.", where Side
	Text     string // the sentence
	Count    int    // how many do just this
	WaitsFor int    // number of the one it waits for, from 1; 0 where not known
	Quote    []CodeLine
}

// Side reports whether there are two words for what it does.
func (g Goroutine) Side() bool {
	return slices.Contains([]string{"read", "write", "close", "use", "add", "wait"}, g.Does)
}

// CheckResult is how one check ended over all repetitions.
type CheckResult struct {
	Name             string
	Outcome          string // key below "web.check."
	Runs, FailedRuns int
}

// Receipt lets anyone repeat the verdict.
type Receipt struct {
	Recalled                             bool // the verdict on an equal submission, kept
	Toolchain, Exercise, Grader, Sandbox string
	Lacks                                []string
	Seed                                 string
	Procs                                string // the values of GOMAXPROCS
	Milliseconds                         string // from the first check to the last
}

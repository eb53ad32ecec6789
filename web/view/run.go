package view

import "strings"

// Ran is what came of a program that the reader ran, besides its output.
type Ran struct {
	Prefix       string // what the ids begin with
	Outcome      string
	Sentence     string // all of it in one
	Findings     []Finding
	Remarks      []Finding
	Unchecked    [][]Axis
	Runs         int
	Exit         int // the exit code of a program that died, or -1
	Milliseconds int
}

// Output is what a program printed.
type Output struct {
	Text string
	Cut  bool // there was more
	KiB  int  // how much of it is kept
}

// RunPage is a lesson's program on a page of its own, which works without
// JavaScript.
type RunPage struct {
	Lesson Link
	Block  string // where the program stands in the lesson
	Action string // address that runs it
	Expect string // what the lesson's own program shows, a key below "web.expect.", or ""
	File   File   // as it is being changed
	Output *Output
	Ran    *Ran // nil where nothing was run yet
}

// Number is the place of the program in its lesson.
func (p RunPage) Number() string { return strings.TrimPrefix(p.Block, "run-") }

// open is the program for who has answered.
func (p Sample) open() Sample {
	p.Waiting = false
	return p
}

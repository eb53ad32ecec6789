package grader

import (
	"cmp"
	"encoding/json"
	"slices"
)

// Version is the version of the verdict's JSON form, described by
// verdict.schema.json. A field is added only with a new version.
const Version = 2

// Outcome is the verdict in one word.
type Outcome string

const (
	Passed   Outcome = "passed"   // every needed axis was looked at and found good
	Failed   Outcome = "failed"   // it ran, and something is wrong with it
	Refused  Outcome = "refused"  // nothing ran: not allowed, or it does not build
	Unproven Outcome = "unproven" // nothing failed, but a needed axis could not be checked
)

// Axis is one of the qualities that a verdict looks at separately.
type Axis string

const (
	Builds     Axis = "builds"     // it compiles
	Correct    Axis = "correct"    // the checks pass and nothing panics
	RaceFree   Axis = "race_free"  // no data race
	LeakFree   Axis = "leak_free"  // no goroutine stays behind
	Terminates Axis = "terminates" // no deadlock, no endless loop, within its limits
	Concurrent Axis = "concurrent" // work really overlaps, where the exercise asks for it
)

// Axes lists every axis in the order in which verdicts show them.
// It must not be modified.
var Axes = []Axis{Builds, Correct, RaceFree, LeakFree, Terminates, Concurrent}

// State tells what is known of an axis.
type State string

const (
	AxisPassed     State = "passed"
	AxisFailed     State = "failed"
	AxisNotChecked State = "not_checked"
)

// Standing is an axis' state, with the reason where it was not checked: a key
// of the messages below "reason." such as "no_race_detector".
type Standing struct {
	State  State  `json:"state"`
	Reason string `json:"reason,omitempty"`
}

// Kind names what was found.
type Kind string

const (
	KindBuild    Kind = "build"    // does not compile
	KindPolicy   Kind = "policy"   // not allowed in a submission
	KindTest     Kind = "test"     // wrong result
	KindPanic    Kind = "panic"    // the program died, or a check did
	KindRace     Kind = "race"     // data race
	KindLeak     Kind = "leak"     // a goroutine stays behind
	KindDeadlock Kind = "deadlock" // everything waits for ever
	KindTimeout  Kind = "timeout"  // did not come to its end in time
	KindResource Kind = "resource" // memory, output, processes
	KindVet      Kind = "vet"      // static analysis
)

// Axis returns the axis that a finding of this kind fails, or "" for policy,
// which refuses the whole submission.
func (k Kind) Axis() Axis {
	switch k {
	case KindBuild:
		return Builds
	case KindTest, KindPanic, KindVet:
		return Correct
	case KindRace:
		return RaceFree
	case KindLeak:
		return LeakFree
	case KindDeadlock, KindTimeout, KindResource:
		return Terminates
	}
	return ""
}

// Severity tells whether a finding fails its axis or only warns.
type Severity string

const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Verdict is what the grader has to say of one submission: facts only. The
// sentences come in by [Verdict.Speak].
type Verdict struct {
	Version   int                `json:"version"`
	Exercise  string             `json:"exercise"`
	Outcome   Outcome            `json:"outcome"`
	Axes      map[Axis]Standing  `json:"axes"`
	Checks    []Check            `json:"checks"`
	Runs      Runs               `json:"runs"`
	Findings  []Finding          `json:"findings"` // most instructive first
	Receipt   Receipt            `json:"receipt"`
	TimingsMS map[string]float64 `json:"timings_ms"` // stage -> milliseconds
}

// Check is the fate of one of the exercise's checks over all repetitions.
type Check struct {
	Name       string  `json:"name"`
	Outcome    Outcome `json:"outcome"` // passed, failed, or unproven when it never ran
	Runs       int     `json:"runs"`
	FailedRuns int     `json:"failed_runs"`
}

// Runs says under which conditions the checks ran.
type Runs struct {
	Count      int    `json:"count"` // repetitions begun
	GOMAXPROCS []int  `json:"gomaxprocs"`
	Seed       uint64 `json:"seed,string"`
}

// Place is a position in the learner's files. Line and Column count from 1; 0
// means unknown.
type Place struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// Finding is one thing that is wrong, on the learner's own line.
type Finding struct {
	Kind     Kind     `json:"kind"`
	Axis     Axis     `json:"axis,omitempty"`
	Severity Severity `json:"severity"`
	Place
	Check  string            `json:"check,omitempty"`
	Key    string            `json:"key"`    // of the sentence, below "finding."
	Params map[string]string `json:"params"` // what the sentence names
	Text   map[string]string `json:"text"`   // language -> sentence, filled by Speak

	Goroutines []Goroutine `json:"goroutines"`
	// Evidence is the tool's own report, cut at report boundaries and to the
	// learner's files.
	Evidence string `json:"evidence,omitempty"`
	// Resembles names the exercise's known wrong answer that behaves alike.
	Resembles string `json:"resembles,omitempty"`
}

// Goroutine is one goroutine that takes part in a finding.
type Goroutine struct {
	// Does is what it does there: "send", "receive", "select", "lock",
	// "wait", "sleep", "read", "write", "close", "use", "add", "panic", "run" or
	// "block".
	Does     string `json:"does"`
	On       string `json:"on,omitempty"` // the channel, lock or variable, as the text has it
	Function string `json:"function,omitempty"`
	At       Place  `json:"at"`
	Created  Place  `json:"created"`        // its go statement; zero when the checks started it
	Runs     string `json:"runs,omitempty"` // what it was started to do, as the text has it
	Holds    []Held `json:"holds,omitempty"`
	// WaitsFor is the number, in the finding's list and from 1, of the goroutine
	// that it waits for; 0 where that is not known.
	WaitsFor int               `json:"waits_for,omitempty"`
	Count    int               `json:"count"` // how many do just this, 1 at least
	Text     map[string]string `json:"text"`  // language -> sentence, filled by Speak
}

// Held is a lock in a goroutine's hands.
type Held struct {
	On string `json:"on,omitempty"` // as the text has it
	At Place  `json:"at"`           // where it was taken
}

// Receipt lets anyone repeat the verdict: who judged what, with what.
type Receipt struct {
	Toolchain string   `json:"toolchain"`
	Exercise  string   `json:"exercise"` // revision: hash of the bundle
	Grader    string   `json:"grader"`   // revision: hash of its sources
	Sandbox   string   `json:"sandbox"`  // tier
	Lacks     []string `json:"lacks"`    // what this machine could not give
	// Recalled says that an equal submission was judged before, under the same
	// revisions, and that this is its verdict.
	Recalled bool `json:"recalled"`
}

// Canonical returns the part of the verdict that must be equal wherever the
// same submission is judged: the outcome, the axes' states, and the set of
// (kind, key, file, line, check). Timings, runs and evidence stay out.
func (v *Verdict) Canonical() []byte {
	type fact struct {
		Kind  Kind
		Key   string
		File  string
		Line  int
		Check string
	}
	facts := make([]fact, 0, len(v.Findings))
	for _, f := range v.Findings {
		facts = append(facts, fact{f.Kind, f.Key, f.File, f.Line, f.Check})
	}
	slices.SortFunc(facts, func(a, b fact) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key), cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line), cmp.Compare(a.Check, b.Check))
	})
	states := make(map[Axis]State, len(v.Axes))
	for axis, s := range v.Axes {
		states[axis] = s.State
	}
	out, err := json.Marshal(map[string]any{
		"outcome": v.Outcome, "axes": states, "findings": slices.Compact(facts),
	})
	if err != nil { // strings and numbers only: cannot happen
		panic("grader: " + err.Error())
	}
	return out
}

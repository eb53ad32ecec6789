package measure

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"manche/exercises"
	"manche/grader"
)

// The answers that are judged.
const (
	Passing = "passing" // the reference solution
	Starter = "starter" // what learners begin with; it fails
)

// answer is one of them.
type answer struct {
	name    string
	file    string // the one that is edited
	files   exercises.Files
	outcome grader.Outcome
	known   exercises.Variant // what its author says of it
}

// failsAt reports whether the author says that the answer fails at this line.
func (a answer) failsAt(file string, line int) bool {
	return line > 0 && file == a.known.File && line == a.known.Line
}

// answersTo returns the passing answer and the starter.
func answersTo(ex *exercises.Exercise) (passing, starter answer) {
	passing = answer{name: Passing, file: ex.Editable[0], files: ex.Reference, outcome: grader.Passed}
	starter = answer{Starter, ex.Editable[0], ex.Starter.Files, grader.Failed, ex.Starter}
	return passing, starter
}

// serial tells edits apart that are made at the same time.
var serial atomic.Int64

// fresh returns the answer after an edit that nobody has built yet. It changes
// the program and not just its text: go test answers from its cache where the
// object is the same. What is added stands at the end, so that no line moves, and
// is a call, which neither the compiler nor the linker can leave out.
func (a answer) fresh(more ...string) exercises.Files {
	mark := strconv.FormatInt(time.Now().UnixNano(), 36) + "-" + strconv.FormatInt(serial.Add(1), 36)
	edited := make(exercises.Files, len(a.files))
	for name, src := range a.files {
		edited[name] = src
	}
	text := bytes.NewBuffer(slices.Clone(a.files[a.file]))
	fmt.Fprintf(text, "\nvar freshEdit = append([]byte(nil), %q...)\n", mark)
	for _, line := range more {
		fmt.Fprintln(text, line)
	}
	edited[a.file] = text.Bytes()
	return edited
}

// endless is an edit after which the program never ends.
const endless = "var neverEnds = func() bool { for { } }()"

package grader

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"manche/grader/report"
	"manche/grader/source"
)

// text is what the submission's text says of its concurrency. It is read when
// something was found, and not before.
func (j *judgement) text() *source.Map {
	switch {
	case j.source != nil:
	case j.pkg == nil:
		j.source = new(source.Map)
	default:
		j.g.mu.Lock() // the imported packages are shared, and load as they are used
		defer j.g.mu.Unlock()
		j.source = source.New(j.pkg, j.ex.Checks)
	}
	return j.source
}

// operations tells what a goroutine does from the runtime's wait reason
// (runtime/runtime2.go, waitReasonStrings, Go 1.26).
var operations = []struct{ prefix, does string }{
	{"chan send", "send"}, {"chan receive", "receive"}, {"select", "select"},
	{"sync.Mutex", "lock"}, {"sync.RWMutex", "lock"}, {"semacquire", "lock"},
	{"sync.WaitGroup", "wait"}, {condWait, "wait"}, {"synctest.Wait", "wait"},
	{"sleep", "sleep"}, {"running", "run"}, {"runnable", "run"}, {"syscall", "run"}, {"preempted", "run"},
	{"GC ", "run"}, {"garbage collection", "run"}, {"wait for GC cycle", "run"}, {"stopping the world", "run"}, // for memory
}

// condWait is the wait reason of a sync.Cond.
const condWait = "sync.Cond"

// operation translates a wait reason.
func operation(state string) string {
	for _, o := range operations {
		if strings.HasPrefix(state, o.prefix) {
			return o.does
		}
	}
	return "block"
}

// goroutine tells what a goroutine of a dump does, in the learner's files, and
// which locks it has in its hands.
func (j *judgement) goroutine(g report.Goroutine, held hands) Goroutine {
	at, _ := report.First(g.Frames, j.mine)
	out := Goroutine{Does: operation(g.State), Function: j.named(at.Function), Count: 1}
	out.At, out.On = j.located(at, out.Does)
	if start, ok := j.startOf(g); ok {
		out.Created, out.Runs = Place(start.Place), start.Runs
	}
	for _, lock := range held[g.ID].has {
		place := site(lock.Site)
		place, on := j.located(report.Frame{File: place.File, Line: place.Line}, "lock")
		out.Holds = append(out.Holds, Held{On: on, At: place})
	}
	return out
}

// alike counts goroutines that do the same at the same place as one.
func alike(list []Goroutine) []Goroutine {
	var kept []Goroutine
	for _, g := range list {
		i := slices.IndexFunc(kept, func(k Goroutine) bool {
			return k.Does == g.Does && k.At == g.At && k.Created == g.Created && k.Function == g.Function && slices.Equal(k.Holds, g.Holds)
		})
		if i < 0 {
			kept = append(kept, g)
		} else {
			kept[i].Count += g.Count
		}
	}
	return kept
}

// located is where a frame stands, to the column where the text shows what is
// done there, and what it is done to.
func (j *judgement) located(f report.Frame, does string) (Place, string) {
	if f.Line == 0 {
		return Place{}, ""
	}
	if op, ok := j.text().At(f.File, f.Line, source.Kind(does)); ok {
		return Place(op.Place), op.On
	}
	return Place{File: f.File, Line: f.Line, Column: j.text().Column(f.File, f.Line)}, ""
}

// startOf is where the learner's code started a goroutine: at the go statement
// of the dump, or, where a library's function has it, at the call of that one.
func (j *judgement) startOf(g report.Goroutine) (source.Start, bool) {
	if j.mine(g.Created.File) {
		if start, ok := j.text().StartedAt(g.Created.File, g.Created.Line); ok {
			return start, true
		}
		return source.Start{Place: source.Place{File: g.Created.File, Line: g.Created.Line}}, true
	}
	for i := len(g.Frames) - 1; i >= 0; i-- {
		if f := g.Frames[i]; j.mine(f.File) {
			return j.text().StartOf(f.Function, f.File, f.Line)
		}
	}
	return source.Start{}, false
}

// place is the innermost place of a stack in the learner's files.
func (j *judgement) place(frames []report.Frame) Place {
	at, ok := report.First(frames, j.mine)
	if !ok {
		return Place{}
	}
	return Place{File: at.File, Line: at.Line, Column: j.text().Column(at.File, at.Line)}
}

// named gives a function the package name that its author knows.
func (j *judgement) named(function string) string {
	function = report.Bare(function)
	if j.inPlace {
		return path.Base(function) // which begins with the import path
	}
	if rest, ok := strings.CutPrefix(function, "main."); ok {
		return j.ex.Package + "." + rest
	}
	return function
}

// evidenceOf prints a goroutine as a dump does.
func evidenceOf(g report.Goroutine) string {
	var b strings.Builder
	b.WriteString("goroutine [" + g.State + "]:\n")
	for _, f := range g.Frames {
		b.WriteString(f.Function + "\n\t" + f.File + ":" + strconv.Itoa(f.Line) + "\n")
	}
	if g.Created.Line > 0 {
		b.WriteString("created by " + g.Created.Function + "\n\t" + g.Created.File + ":" + strconv.Itoa(g.Created.Line) + "\n")
	}
	return b.String()
}

package grader

import (
	"bytes"
	"io"
	"sync"

	"manche/exercises"
	"manche/grader/harness"
)

// live reads a run while it goes on, so that what the first repetition shows is
// told at once and not when the process has ended.
type live struct {
	j       *judgement
	program *harness.Program
	orders  harness.Orders

	mu             sync.Mutex // guards what follows: the two streams come as they like
	report, output bytes.Buffer
	printed        *harness.Printed // tells what is printed; nil where nobody wants to know
	told           int              // attempts of which was told
	over           bool
}

// listen prepares to read a run under these orders. A process that begins with a
// later repetition has nothing to tell early. What a test that is asked for says is known
// only once its process has ended.
func (j *judgement) listen(program *harness.Program, orders harness.Orders) *live {
	l := &live{j: j, program: program, orders: orders, over: orders.First > 0 || j.ex.Kind == exercises.Test}
	if j.whole && orders.First == 0 {
		l.printed = program.Printed(orders)
	}
	return l
}

// stream is the writer that fills one of the two buffers.
func (l *live) stream(to *bytes.Buffer) io.Writer { return liveStream{l, to} }

type liveStream struct {
	*live
	to *bytes.Buffer
}

// Write never fails, and keeps no part of p.
func (s liveStream) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.to.Write(p)
	if s.printed != nil && s.to == &s.output {
		s.print(s.printed.Next(p))
	}
	s.look()
	return len(p), nil
}

// print tells of what the program has printed.
func (l *live) print(text string) {
	if text != "" {
		l.j.observe(Progress{Stage: StageRunning, Output: text})
	}
}

// end tells of what was kept back until the process had ended.
func (l *live) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.printed != nil {
		l.print(l.printed.Rest())
	}
}

// look tells of the attempts that are over since it last looked. It stops at the
// first that shows something, or at the end of the first repetition.
func (l *live) look() {
	if l.over {
		return
	}
	frames := bytes.Count(l.report.Bytes(), []byte("\n"))
	if frames == 0 || frames/2 == l.told {
		return // no attempt has ended since
	}
	heard := l.program.Heard(l.orders, l.report.Bytes(), l.output.Bytes())
	for _, a := range heard[min(l.told, len(heard)):] {
		if a.Repetition > 0 {
			break
		}
		l.told++
		if found := l.j.findings(&evidence{attempts: []attempt{{Attempt: a}}}); len(found) > 0 {
			l.over = true
			l.j.tell(StageRunning, order(found, l.j.ex.CheckList))
			return
		}
	}
	if l.told >= len(l.program.Checks)-len(l.orders.Skip) {
		l.over = true
		if len(l.orders.Skip) == len(l.program.Others) { // or a check has failed before
			l.j.observe(Progress{Stage: StageRepeating})
		}
	}
}

// tell tells of findings, which nobody else has.
func (j *judgement) tell(stage Stage, list []Finding) {
	j.ofProgram(list)
	for _, f := range list {
		j.observe(Progress{Stage: stage, Finding: &f})
	}
}

// inTurn makes calls wait for one another.
func inTurn(observe func(Progress)) func(Progress) {
	var mu sync.Mutex
	return func(p Progress) {
		mu.Lock()
		defer mu.Unlock()
		observe(p)
	}
}

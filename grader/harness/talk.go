package harness

import (
	"bytes"
	"io"
	"slices"
	"sync"

	"manche/grader/harness/wire"
)

// Talk carries the conversation between the checks and the answer that run
// [Apart], and keeps the report of each. What the answer says is passed on only
// where it answers a question that is open, once: everything else ends the
// conversation. It is safe for concurrent use.
type Talk struct {
	checks, answer side

	mu      sync.Mutex // guards what follows, and what is said
	open    map[uint64]bool
	closing bool // a check is over, and what it left behind is looked for
	broken  bool
	inputs  [2]io.Closer
}

// NewTalk returns one that writes to the programs' inputs, and closes them when
// the conversation has come to a bad end. An error of theirs is that of a program
// that is gone: what it is told then is dropped.
func NewTalk(toChecks, toAnswer io.WriteCloser) *Talk {
	t := &Talk{open: make(map[uint64]bool), inputs: [2]io.Closer{toChecks, toAnswer}}
	t.checks = side{talk: t, to: toAnswer, admit: t.asks}
	t.answer = side{talk: t, to: toChecks, admit: t.answers}
	return t
}

// Checks is the writer for the report of the process with the checks; a Write
// never fails.
func (t *Talk) Checks() io.Writer { return &t.checks }

// Answer is the writer for that of the process with the answer.
func (t *Talk) Answer() io.Writer { return &t.answer }

// asks notes what the checks say.
func (t *Talk) asks(m wire.Message) bool {
	switch m.Kind {
	case wire.Call:
		t.open[m.ID] = true
	case wire.Close:
		t.closing = true
	case wire.Open, wire.Leave:
	default:
		return false
	}
	return true
}

// answers reports whether something was asked that this answers.
func (t *Talk) answers(m wire.Message) bool {
	switch m.Kind {
	case wire.Answer, wire.Exited:
		asked := t.open[m.ID]
		delete(t.open, m.ID)
		return asked
	case wire.Closed:
		asked := t.closing
		t.closing = false
		return asked
	}
	return false
}

// side is one of the two programs.
type side struct {
	talk  *Talk
	to    io.Writer // the other's input
	admit func(wire.Message) bool

	rest   []byte // of a line that has not ended
	report bytes.Buffer
}

// Write takes the program's report in, as it comes.
func (s *side) Write(p []byte) (int, error) {
	for line := range bytes.Lines(p) {
		s.rest = append(s.rest, line...)
		if line[len(line)-1] == '\n' {
			s.line(s.rest)
			s.rest = s.rest[:0]
		}
	}
	if wire.IsMessage(s.rest) && len(s.rest) > wire.MaxMessage {
		s.line(s.rest)
		s.rest = nil
	}
	return len(p), nil
}

// line passes a message on, or keeps what is none.
func (s *side) line(line []byte) {
	if !wire.IsMessage(line) {
		s.report.Write(line)
		return
	}
	m, ok := wire.ParseMessage(line)
	if s.let(m, ok) {
		_, _ = s.to.Write(m.Encode()) // nobody is there any more
	}
}

// let reports whether a message goes on to the other side.
func (s *side) let(m wire.Message, ok bool) bool {
	s.talk.mu.Lock()
	defer s.talk.mu.Unlock()
	if s.talk.broken {
		return false
	}
	if s.talk.broken = !ok || !s.admit(m); s.talk.broken {
		for _, input := range s.talk.inputs {
			_ = input.Close() // nothing is lost by it
		}
	}
	return !s.talk.broken
}

// CheckReport is the report of the process with the checks, once it has ended.
func (t *Talk) CheckReport() []byte { return t.checks.all() }

// AnswerReport is that of the process with the answer.
func (t *Talk) AnswerReport() []byte { return t.answer.all() }

// all is what has no line end included.
func (s *side) all() []byte { return slices.Concat(s.report.Bytes(), s.rest) }

// Join is what was seen in a run of both: an attempt has come to its end only
// where both say so.
func (t *Talk) Join(asked, answered Run) Run {
	t.mu.Lock()
	defer t.mu.Unlock()
	run := Run{
		Complete: asked.Complete && answered.Complete && len(asked.Attempts) == len(answered.Attempts),
		Tampered: asked.Tampered || answered.Tampered || t.broken,
		Rest:     asked.Rest + answered.Rest,
	}
	for i, a := range asked.Attempts {
		var b Attempt
		if i < len(answered.Attempts) && answered.Attempts[i].Check == a.Check && answered.Attempts[i].Repetition == a.Repetition {
			b = answered.Attempts[i]
		}
		run.Complete = run.Complete && b.Check != ""
		run.Attempts = append(run.Attempts, joined(a, b))
	}
	run.Complete = run.Complete && !run.Tampered
	return run
}

// joined is an attempt: what the check has against the answer is known from the
// one side, what the answer does from the other, and neither makes good what the
// other one found.
func joined(a, b Attempt) Attempt {
	all := b
	all.Check, all.Repetition = a.Check, a.Repetition
	all.Failed, all.Skipped = a.Failed || b.Failed, a.Skipped
	all.Panic, all.Stack, all.Goexit = a.Panic, a.Stack, a.Goexit
	all.Races += a.Races
	all.Output = a.Output + b.Output
	all.Ended = a.Ended && b.Ended
	if b.Left == "" {
		all.Left, all.Known, all.Settled = a.Left, a.Known, a.Settled || b.Settled
	}
	if a.Stuck && b.Ended { // the answer waits for the check, and not the other way round
		all.Stuck, all.Proven, all.Stalled, all.Busy, all.Ended = true, a.Proven, a.Stalled, a.Busy, false
	}
	return all
}

package driver

import (
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"manche/grader/harness/wire"
)

// Ask runs checks whose answer is in another process, as Main runs others.
func Ask(checks []testing.InternalTest) {
	s := newSession(nil, (*testing.T).Run)
	for _, c := range checks {
		s.checks = append(s.checks, testing.InternalTest{Name: c.Name, F: func(t *testing.T) { s.asked(t, c) }})
	}
	drive(func(t *testing.T) {
		go other.hear(listen(input))
		s.run(t)
		other.say(wire.Message{Kind: wire.Leave})
	})
}

// asked runs one check, and has the other process look at what it has left there.
func (s *session) asked(t *testing.T, c testing.InternalTest) {
	other.lost.Store(false)
	other.say(wire.Message{Kind: wire.Open, Name: c.Name, Repetition: s.repetition, Seed: s.seed})
	defer func() {
		other.say(wire.Message{Kind: wire.Close})
		m := <-other.closed
		if m.Found {
			s.failed[c.Name], s.found = true, true
		}
		s.shaken = s.shaken || m.Shaken
		elsewhere += time.Duration(m.WorkedUS) * time.Microsecond
	}()
	c.F(t)
	if other.lost.Load() {
		runtime.Goexit() // the check may not have noticed
	}
}

// other is the process with the answer.
var other = &peer{report: wire.NewReporter(reportFile, orders.Key), open: make(map[uint64]chan wire.Message), closed: make(chan wire.Message)}

type peer struct {
	report *wire.Reporter
	closed chan wire.Message
	lost   atomic.Bool // a call has not returned, and never will

	mu   sync.Mutex // guards what follows
	last uint64     // number of the last call
	open map[uint64]chan wire.Message
	seen []uint64 // calls that have returned since something was last said
}

// Call has the other process call a function: with what args point to, and with
// the results into what results point to. It is safe for concurrent use.
func Call(name string, args, results []any) {
	m := other.ask(wire.Message{Kind: wire.Call, Name: name, Body: wire.EncodeValues(args)})
	if m.Kind == wire.Exited {
		other.lost.Store(true)
		runtime.Goexit()
	}
	if !wire.DecodeValues(m.Body, results) {
		panic("the results of " + name + " cannot be read")
	}
}

// ask says that a function is to be called, and returns what became of it.
func (p *peer) ask(m wire.Message) wire.Message {
	answer := make(chan wire.Message, 1)
	p.mu.Lock()
	p.last++
	m.ID = p.last
	p.open[m.ID] = answer
	p.send(m)
	p.mu.Unlock()
	reply := <-answer
	p.mu.Lock()
	p.seen = append(p.seen, m.ID)
	p.mu.Unlock()
	return reply
}

// say says something that is no question.
func (p *peer) say(m wire.Message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.send(m)
}

// send says which calls have returned along with what it sends. The caller holds
// the lock.
func (p *peer) send(m wire.Message) {
	m.Seen, p.seen = p.seen, nil
	if len(m.Encode()) > wire.MaxMessage {
		giveUp("the arguments of " + m.Name + " are too large")
	}
	p.report.Say(m)
}

// hear hands out what the other process says. Without it nothing can be checked.
func (p *peer) hear(said <-chan wire.Message) {
	for m := range said {
		switch m.Kind {
		case wire.Closed:
			p.closed <- m
		case wire.Answer, wire.Exited:
			p.mu.Lock()
			answer := p.open[m.ID]
			delete(p.open, m.ID)
			p.mu.Unlock()
			if answer != nil {
				answer <- m
			}
		}
	}
	os.Exit(0)
}

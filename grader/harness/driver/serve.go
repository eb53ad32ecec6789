package driver

import (
	"bufio"
	"testing"

	"manche/grader/harness/wire"
)

// Function is one that an answer exports, for checks in another process.
type Function struct {
	Name string
	// Bind makes room for one call: pointers to its arguments and to its results,
	// and the call itself.
	Bind func() (args, results []any, call func())
}

// Serve calls the functions as the checks in another process ask for it, looks
// at what each check leaves behind, reports, and ends the process. A panic in a
// function ends it too: Go's own report says where.
func Serve(functions []Function) {
	s := newSession(nil, (*testing.T).Run)
	v := &server{session: s, functions: make(map[string]Function), under: make(map[uint64]chan struct{})}
	for _, f := range functions {
		v.functions[f.Name] = f
	}
	s.proven = callLeaked
	drive(v.serve)
}

// server is the session of an answer.
type server struct {
	*session
	functions map[string]Function
	said      <-chan wire.Message
	over      bool // the checks have said that this one is
	// under are the calls of which it is not known that the checks have the
	// result. It belongs to the goroutine that serves: a lock would order calls
	// that nothing else orders, and hide their races.
	under map[uint64]chan struct{}
}

// serve does what the checks say, to the last of them. Where they end before
// that, so does it, and its report is not complete.
func (v *server) serve(t *testing.T) {
	v.said = listen(input)
	for m := range v.said {
		v.heed(m)
		switch m.Kind {
		case wire.Open:
			v.check(t, m)
		case wire.Call: // by what a check has left behind
			v.begin(m)
		case wire.Leave:
			perturb(false, 0)
			v.canaries(t)
			v.report.Send(wire.Frame{Kind: wire.Bye})
			return
		}
	}
}

// check serves the calls of one check.
func (v *server) check(t *testing.T, m wire.Message) {
	b := newBudget(0)
	perturb(m.Repetition > 0, m.Seed)
	v.found, v.over = false, false
	v.once(t, testing.InternalTest{Name: m.Name, F: v.answers}, m.Repetition)
	if !v.over {
		return // nobody is there to be told
	}
	v.report.Say(wire.Message{Kind: wire.Closed, Found: v.found, Shaken: perturbed(), WorkedUS: b.worked().Microseconds()})
}

// answers begins one call after the other, until the check is over.
func (v *server) answers(*testing.T) {
	for m := range v.said {
		v.heed(m)
		if v.over = m.Kind != wire.Call; v.over {
			return
		}
		v.begin(m)
	}
}

// heed orders what follows after the calls whose results the checks have seen,
// and after no others: as it would be in one process.
func (v *server) heed(m wire.Message) {
	for _, id := range m.Seen {
		if done := v.under[id]; done != nil {
			<-done
			delete(v.under, id)
		}
	}
}

// begin starts a call.
func (v *server) begin(m wire.Message) {
	f, ok := v.functions[m.Name]
	if !ok {
		giveUp("there is no function " + m.Name)
	}
	done := make(chan struct{})
	v.under[m.ID] = done
	go v.call(f, m, done)
}

// call is one call, in a goroutine of its own.
func (v *server) call(f Function, m wire.Message, done chan<- struct{}) {
	reply := wire.Message{Kind: wire.Exited, ID: m.ID}
	defer func() {
		close(done)
		v.report.Say(reply)
	}()
	args, results, call := f.Bind()
	if !wire.DecodeValues(m.Body, args) {
		giveUp("the arguments of " + m.Name + " cannot be read")
	}
	call()
	reply.Kind, reply.Body = wire.Answer, wire.EncodeValues(results)
	if len(reply.Encode()) > wire.MaxMessage {
		giveUp("the results of " + m.Name + " are too large")
	}
}

// callLeaked reports whether a call is among what can never go on.
func callLeaked(profile string) bool { return leakedIn(profile, callFrame) }

// callFrame stands in the stack of each call.
const callFrame = "/driver.(*server).call"

// listen passes on what the other process says, to the end.
func listen(in *bufio.Reader) <-chan wire.Message {
	said := make(chan wire.Message)
	go hear(in, said)
	return said
}

// hear ends with the process, or with what it reads.
func hear(in *bufio.Reader, said chan<- wire.Message) {
	defer close(said)
	for {
		raceQuiet() // a read would come after all that was ever written, see heed
		line, err := in.ReadBytes('\n')
		raceLoud()
		m, ok := wire.ParseMessage(line)
		if err != nil || !ok {
			return
		}
		said <- m
	}
}

// hearFrame stands in the stack of the goroutine that listens.
const hearFrame = "/driver.hear"

package harness

import (
	"bytes"
	"slices"

	"manche/grader/harness/wire"
)

// Orders is what the driver is told to do.
type Orders = wire.Orders

// OrdersEnv is set for the program of a [Module], which else runs as if it had not
// been touched.
const OrdersEnv = wire.OrdersEnv

// Attempt is one run of one check.
type Attempt struct {
	wire.Frame        // the report on it; only Check and Repetition when it never ended
	Ended      bool   // the check came to its end
	Stuck      bool   // it was seen not to come to its end
	Output     string // what was printed meanwhile, the runtime's messages included
}

// Run is what is known of one run of the program.
type Run struct {
	Attempts []Attempt
	// Rest is what was printed after the last of them had come to its end; the runtime
	// says there why a process ended after that.
	Rest string
	// Complete says that every check that was to run did, to the last
	// repetition that the driver chose to begin, and that all canaries failed.
	Complete bool
	// Tampered says that the report was not authentic, or that a failure on
	// purpose went unseen: nothing in it can be believed.
	Tampered bool
}

// Read takes the report and the output of a program that ran under orders. It
// trusts nothing that the key does not vouch for.
func (p *Program) Read(orders Orders, report, output []byte) Run {
	frames, genuine := wire.ReadFrames(bytes.NewReader(report), orders.Key)
	var run Run
	var canaries []string
	complete := false
	for _, f := range frames {
		switch f.Kind {
		case wire.Begin:
			run.Attempts = append(run.Attempts, Attempt{Frame: f})
		case wire.End, wire.Stuck:
			if f.Check == "" && len(run.Attempts) == 0 { // stuck before the first check
				run.Attempts = []Attempt{{Frame: f, Stuck: true}}
				continue
			}
			run.Tampered = !run.end(f) || run.Tampered
		case wire.Canary:
			run.Tampered = run.Tampered || !f.Failed
			canaries = append(canaries, f.Check)
		case wire.Bye:
			complete = true
		}
	}
	run.Tampered = run.Tampered || complete && (!genuine || !slices.Equal(canaries, expectedCanaries(orders)))
	run.Complete = complete && !run.Tampered && p.allRan(orders, run.Attempts)
	p.attach(&run, orders, output)
	return run
}

// Heard returns the attempts of which all is known while the program still runs:
// those that are over, and whose output has come. A report that is not genuine
// gives those before it was.
func (p *Program) Heard(orders Orders, report, output []byte) []Attempt {
	attempts := p.Read(orders, report, output).Attempts
	for i, a := range attempts {
		if !a.Ended && !a.Stuck || !bytes.Contains(output, []byte(wire.CutLine(orders.Key, 2*i+1))) {
			return attempts[:i]
		}
	}
	return attempts
}

// end closes the attempt that f is about, which must be the last one begun.
func (r *Run) end(f wire.Frame) bool {
	if len(r.Attempts) == 0 {
		return false
	}
	last := &r.Attempts[len(r.Attempts)-1]
	if last.Ended || last.Stuck || last.Check != f.Check {
		return false
	}
	last.Frame, last.Ended, last.Stuck = f, f.Kind == wire.End, f.Kind == wire.Stuck
	return true
}

// allRan reports whether the first repetition ran every check that was not to
// be skipped, and each came to its end.
func (p *Program) allRan(orders Orders, attempts []Attempt) bool {
	var ran []string
	for _, a := range attempts {
		if !a.Ended {
			return false
		}
		if a.Repetition == orders.First {
			ran = append(ran, a.Check)
		}
	}
	want := slices.DeleteFunc(slices.Clone(p.Checks), func(name string) bool {
		return slices.Contains(orders.Skip, name)
	})
	return slices.Equal(ran, want)
}

func expectedCanaries(orders Orders) []string {
	names := []string{wire.CanaryError, wire.CanaryFatal, wire.CanaryPanic}
	if orders.Race {
		names = append(names, wire.CanaryRace)
	}
	return append(names, wire.CanaryLeak)
}

// attach gives each attempt the output between its cuts. An attempt that never
// ended has everything to the end, where the runtime says why.
func (p *Program) attach(run *Run, orders Orders, output []byte) {
	rest := output
	for i := range run.Attempts {
		_, after, found := bytes.Cut(rest, []byte(wire.CutLine(orders.Key, 2*i)))
		if !found {
			break
		}
		own, after, _ := bytes.Cut(after, []byte(wire.CutLine(orders.Key, 2*i+1)))
		run.Attempts[i].Output = p.Plain(string(own))
		rest = after
		run.Rest = p.Plain(string(after))
	}
	for i := range run.Attempts {
		a := &run.Attempts[i]
		a.Stack, a.Left, a.Panic = p.Plain(a.Stack), p.Plain(a.Left), p.Plain(a.Panic)
	}
}

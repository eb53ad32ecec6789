package main

import (
	"context"

	"manche/grader/sandbox"
)

// opening is a sandbox that is being opened, beside what else is to be done before
// the first program is run. Its methods wait for it. It must be closed, which waits
// as well.
type opening struct {
	config sandbox.Config
	done   chan struct{} // closed once what follows is set
	box    *sandbox.Backend
	err    error
}

// openSandbox begins to open one.
func openSandbox(ctx context.Context, c sandbox.Config) *opening {
	o := &opening{config: c, done: make(chan struct{})}
	go func() {
		defer close(o.done)
		o.box, o.err = sandbox.Open(ctx, c)
	}()
	return o
}

// Run runs a program, or returns why there is no sandbox.
func (o *opening) Run(ctx context.Context, p sandbox.Program) (sandbox.Result, error) {
	<-o.done
	if o.err != nil {
		return sandbox.Result{}, o.err
	}
	return o.box.Run(ctx, p)
}

// Cell makes a place for a tool, or returns why there is no sandbox. It waits only
// where walls cannot be put up yet: the compiler need not, since nothing that it
// makes is run before the walls have been tried.
func (o *opening) Cell(t sandbox.Tool) (*sandbox.Cell, error) {
	select {
	case <-o.done:
	default:
		if c, err := sandbox.EarlyCell(o.config, t); err == nil {
			return c, nil
		}
	}
	<-o.done
	if o.err != nil {
		return nil, o.err
	}
	return o.box.Cell(t)
}

// Expect tells the sandbox, where it is open already: a run that comes so soon has
// to wait in any case.
func (o *opening) Expect(n int) {
	select {
	case <-o.done:
		if o.err == nil {
			o.box.Expect(n)
		}
	default:
	}
}

// Tier is the tier of the opened sandbox, that of none if there is none.
func (o *opening) Tier() sandbox.Tier {
	<-o.done
	if o.err != nil {
		return sandbox.TierNone
	}
	return o.box.Tier()
}

// Lacks is what the opened sandbox lacks.
func (o *opening) Lacks() []string {
	<-o.done
	if o.err != nil {
		return nil
	}
	return o.box.Lacks()
}

// Close gives the sandbox back.
func (o *opening) Close() error {
	<-o.done
	if o.err != nil {
		return nil // there is nothing to give back
	}
	return o.box.Close()
}

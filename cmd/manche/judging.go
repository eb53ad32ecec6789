package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"manche/exercises"
	"manche/grader"
	"manche/grader/build"
	"manche/grader/sandbox"
)

// judging is what is needed to judge on this machine.
type judging struct {
	*grader.Grader
	sandbox *opening
}

// close gives back what judging took.
func (j judging) close() {
	j.Grader.Close()
	j.sandbox.Close()
}

// last judges the last submission of this process: the tools that wait for others
// are ended while the program runs, and not when its verdict is out.
func (j judging) last(ctx context.Context, sub grader.Submission) (*grader.Verdict, error) {
	var cooling sync.WaitGroup
	defer cooling.Wait()
	built := sync.OnceFunc(func() { cooling.Go(func() { _ = j.Cool() }) }) // what is left, Close ends
	return j.Watch(ctx, sub, func(p grader.Progress) {
		if p.Stage == grader.StageRunning {
			built()
		}
	})
}

// beginning is all that is needed to judge being opened, beside what else is to be
// done before anything is judged. One of its methods must be called.
type beginning struct {
	sandbox *opening
	catalog *promised
	stop    context.CancelFunc // gives a first preparation up
	opened  chan struct{}      // closed once what follows is set

	grader *grader.Grader
	err    error
}

// promised is a catalogue that is still being read when a grader is made with it.
// It must be there before the grader is asked for anything.
type promised struct{ *exercises.Catalog }

// beginJudging begins, with a sandbox of a certain kind, and with n builds on their
// way. Progress of the first preparation goes to the error stream.
func (p *program) beginJudging(ctx context.Context, walls sandbox.Config, n int) *beginning {
	b := &beginning{sandbox: openSandbox(ctx, walls), catalog: new(promised), opened: make(chan struct{})}
	ctx, b.stop = context.WithCancel(ctx)
	go func() {
		defer close(b.opened)
		if b.grader, b.err = b.open(ctx, p); b.err == nil {
			b.grader.Warm(n)
		}
	}()
	return b
}

func (b *beginning) open(ctx context.Context, p *program) (*grader.Grader, error) {
	toolchain, err := build.Find(ctx)
	if err != nil {
		return nil, err
	}
	progress, done := p.progress()
	defer done()
	return grader.New(ctx, grader.Config{Catalog: b.catalog, Toolchain: toolchain, Sandbox: b.sandbox}, progress)
}

// judging waits for what was begun.
func (b *beginning) judging(catalog *exercises.Catalog) (judging, error) {
	b.catalog.Catalog = catalog
	<-b.opened
	b.stop() // what it could stop is over
	if b.err != nil {
		return judging{}, errors.Join(b.err, b.sandbox.Close())
	}
	return judging{b.grader, b.sandbox}, nil
}

// drop gives back what was begun.
func (b *beginning) drop() {
	b.stop()
	if j, err := b.judging(nil); err == nil {
		j.close()
	}
}

// openJudging opens all that is needed to judge, with one build on its way.
func (p *program) openJudging(ctx context.Context, catalog *exercises.Catalog, walls sandbox.Config) (judging, error) {
	return p.beginJudging(ctx, walls, 1).judging(catalog)
}

// openJudgingIn is openJudging with nothing on its way.
func (p *program) openJudgingIn(ctx context.Context, catalog *exercises.Catalog, walls sandbox.Config) (judging, error) {
	return p.beginJudging(ctx, walls, 0).judging(catalog)
}

// progress returns a function that shows how far the preparation is, on one
// line, and one that ends the line if there is one.
func (p *program) progress() (show func(done, total int), end func()) {
	shown := false
	show = func(done, total int) {
		shown = true
		fmt.Fprintf(p.err, "\r%s", p.say("cli.preparing", "done", done, "total", total))
	}
	return show, func() {
		if shown {
			io.WriteString(p.err, "\n")
		}
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"

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

// beginning is Go being looked for and a sandbox being opened, beside what else is
// to be done before anything is judged. One of its methods must be called.
type beginning struct {
	program *program
	sandbox *opening
	found   chan struct{} // closed once what follows is set

	toolchain build.Toolchain
	err       error
}

// beginJudging begins, with a sandbox of a certain kind.
func (p *program) beginJudging(ctx context.Context, walls sandbox.Config) *beginning {
	b := &beginning{program: p, sandbox: openSandbox(ctx, walls), found: make(chan struct{})}
	go func() {
		defer close(b.found)
		b.toolchain, b.err = build.Find(ctx)
	}()
	return b
}

// judging waits for what was begun, and for the prepared archives. Progress of the
// first preparation goes to the error stream.
func (b *beginning) judging(ctx context.Context, catalog *exercises.Catalog) (judging, error) {
	<-b.found
	if b.err != nil {
		return judging{}, errors.Join(b.err, b.sandbox.Close())
	}
	progress, done := b.program.progress()
	defer done()
	g, err := grader.New(ctx, grader.Config{Catalog: catalog, Toolchain: b.toolchain, Sandbox: b.sandbox}, progress)
	if err != nil {
		return judging{}, errors.Join(err, b.sandbox.Close())
	}
	return judging{g, b.sandbox}, nil
}

// drop gives back what was begun.
func (b *beginning) drop() {
	<-b.found
	b.sandbox.Close()
}

// openJudging opens all that is needed to judge, with one build on its way.
func (p *program) openJudging(ctx context.Context, catalog *exercises.Catalog, walls sandbox.Config) (judging, error) {
	j, err := p.openJudgingIn(ctx, catalog, walls)
	if err == nil {
		j.Warm(1) // beside what comes before the first build
	}
	return j, err
}

// openJudgingIn is openJudging with nothing on its way.
func (p *program) openJudgingIn(ctx context.Context, catalog *exercises.Catalog, walls sandbox.Config) (judging, error) {
	return p.beginJudging(ctx, walls).judging(ctx, catalog)
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

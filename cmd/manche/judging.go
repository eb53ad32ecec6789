package main

import (
	"context"
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

// openJudging finds Go, a sandbox and the prepared archives. Progress of the
// first preparation goes to the error stream.
func (p *program) openJudging(ctx context.Context, catalog *exercises.Catalog, unsafe bool) (judging, error) {
	j, err := p.openJudgingIn(ctx, catalog, sandbox.Config{AllowNone: unsafe})
	if err == nil {
		j.Warm(1) // beside what comes before the first build
	}
	return j, err
}

// openJudgingIn is openJudging with a sandbox of a certain kind.
func (p *program) openJudgingIn(ctx context.Context, catalog *exercises.Catalog, walls sandbox.Config) (judging, error) {
	toolchain, err := build.Find(ctx)
	if err != nil {
		return judging{}, err
	}
	box := openSandbox(ctx, walls)
	progress, done := p.progress()
	defer done()
	g, err := grader.New(ctx, grader.Config{Catalog: catalog, Toolchain: toolchain, Sandbox: box}, progress)
	if err != nil {
		box.Close()
		return judging{}, err
	}
	return judging{g, box}, nil
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

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

// catalog loads the course's exercises, which a program without defects has.
func (p *program) catalog() (*exercises.Catalog, error) {
	c, defects, err := exercises.Load(exercises.FS)
	if err != nil {
		return nil, err
	}
	if len(defects) > 0 {
		return nil, p.defective(defects)
	}
	return c, nil
}

// defective is the error for a course with defects, which it lists.
func (p *program) defective(defects []exercises.Defect) error {
	for _, d := range defects {
		fmt.Fprintln(p.err, p.defect(d))
	}
	return errors.New(p.say("cli.defects", "n", len(defects)))
}

// defect puts a defect into one line: file:line: what, and the remedy.
func (p *program) defect(d exercises.Defect) string {
	text, err := p.messages.Text(p.voice().Lang(), "defect."+d.Key, d.Params)
	if err != nil {
		text = d.Key + fmt.Sprint(d.Params) // better than a defect unsaid
	}
	if d.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", d.File, d.Line, text)
	}
	return d.File + ": " + text
}

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
func (p *program) openJudging(ctx context.Context, catalog *exercises.Catalog, walls sandbox.Config) (judging, error) {
	j, err := p.openJudgingIn(ctx, catalog, walls)
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

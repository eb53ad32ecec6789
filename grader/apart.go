package grader

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"manche/exercises"
	"manche/grader/harness"
	"manche/grader/sandbox"
)

// checksWait is how much longer than an answer the checks wait in a process of
// their own, so that the answer can say for itself what it waits for.
const checksWait = 2 * time.Second

// checkers are the programs with the checks of exercises whose answers run in a
// process of their own. They hold nothing of any answer, so each is built once.
// The zero value is ready.
type checkers struct {
	mu   sync.Mutex // held while one is built
	list map[string]*checker
}

// checker is such a program.
type checker struct {
	program     *harness.Program
	dir, binary string
}

// checkersOf returns that of an exercise, whose checks have been read. It is built for
// all answers, so whoever no longer wants a verdict lets that come to its end.
func (g *Grader) checkersOf(ctx context.Context, ex *exercises.Exercise) (*checker, error) {
	g.checkers.mu.Lock()
	defer g.checkers.mu.Unlock()
	key := keyOf(ex)
	if c := g.checkers.list[key]; c != nil {
		return c, nil
	}
	g.mu.Lock()
	checks, err := g.checksOf(ex)
	g.mu.Unlock()
	if err != nil {
		return nil, err
	}
	c := &checker{program: checks.(*harness.Apart).Checks()}
	if c.dir, err = g.openFolder(); err != nil {
		return nil, err
	}
	if c.binary, _, err = g.archives.Build(context.WithoutCancel(ctx), c.dir, c.program.Files); err != nil {
		return nil, errors.Join(err, os.RemoveAll(c.dir))
	}
	if g.checkers.list == nil {
		g.checkers.list = make(map[string]*checker)
	}
	g.checkers.list[key] = c
	return c, nil
}

// drop removes all of them.
func (c *checkers) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, one := range c.list {
		os.RemoveAll(one.dir)
	}
	c.list = nil
}

// runApart runs an answer beside its checks.
func (j *judgement) runApart(ctx context.Context, c *checker, program *harness.Program, binary string, orders harness.Orders) (harness.Run, sandbox.Result, error) {
	answer := part{Program: program, binary: binary, orders: orders}
	orders.Key = newKey() // which no process with an answer ever has
	orders.CheckMS += int(checksWait.Milliseconds())
	checks := part{Program: c.program, binary: c.binary, orders: orders}
	d := &duet{box: j.g.config.Sandbox, terms: j.terms.program}
	if err := d.run(ctx, &checks, &answer); err != nil {
		return harness.Run{}, sandbox.Result{}, fmt.Errorf("running the checks and the answer: %w", err)
	}
	run, result := d.read(&checks, &answer)
	result.Output = []byte(program.Plain(string(result.Output)))
	return run, result, nil
}

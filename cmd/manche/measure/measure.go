// Package measure is what the verb "bench" does: it times verdicts and, in turn
// with them, what go test takes for the same files on the same machine, and makes
// a report of medians, ratios and targets.
package measure

import (
	"context"
	"fmt"
	"io"
	"os"

	"manche/exercises"
	"manche/grader"
	"manche/grader/build"
)

// Grader judges; a [grader.Grader] is one.
type Grader interface {
	Watch(context.Context, grader.Submission, func(grader.Progress)) (*grader.Verdict, error)
	Anticipate(context.Context, grader.Submission)
}

// ClosingGrader gives back what it keeps ready when it is closed.
type ClosingGrader interface {
	Grader
	io.Closer
}

// Config says what is measured, and how often. All of it is needed.
type Config struct {
	Exercises []*exercises.Exercise // what does not depend on the exercise is measured on the first
	Grader    Grader                // as learners have it
	Once      ClosingGrader         // the same, running each check once; Run may close it
	Box       Box                   // in which the programs of both run
	Toolchain build.Toolchain       // of both
	Program   string                // the path of manche
	Rounds    int                   // of every way to get a verdict
	Verdicts  int                   // of every way, for the verdicts per second
	After     int                   // verdicts of a server, before its memory is read again
	Cold      bool                  // also what comes before the first verdict ever
	Step      func()                // called after each step
}

// Steps is how often [Run] calls Step.
func (c Config) Steps() int {
	steps := len(c.Exercises)*(1+c.Rounds)*wayCount + rateBlocks*len(rateWays)*len(rateWorkers) + c.peakVerdicts() + 1 + c.Rounds + c.After
	if c.Cold {
		steps++
	}
	return steps
}

// Results are the figures of one run.
type Results struct {
	Exercises []Times `json:"exercises"`
	Rates     []Rate  `json:"rates"`
	Memory    Memory  `json:"memory"`
	Walls     Walls   `json:"walls"`
	Server    Server  `json:"server"`
	Cold      *Cold   `json:"cold,omitempty"`
}

// Run measures. It starts processes, and all of them have ended when it returns.
func Run(ctx context.Context, c Config) (*Results, error) {
	dir, err := os.MkdirTemp("", "manche-bench-")
	if err != nil {
		return nil, fmt.Errorf("making a folder to measure in: %w", err)
	}
	defer os.RemoveAll(dir)
	r := new(Results)
	for _, ex := range c.Exercises {
		times, err := c.times(ctx, dir, ex)
		if err != nil {
			return nil, fmt.Errorf("measuring %q: %w", ex.Slug, err)
		}
		r.Exercises = append(r.Exercises, times)
	}
	if err := c.rest(ctx, dir, r); err != nil {
		return nil, err
	}
	return r, ctx.Err()
}

// rest measures what is not done in rounds.
func (c Config) rest(ctx context.Context, dir string, r *Results) (err error) {
	if r.Rates, err = c.rates(ctx, dir); err != nil {
		return fmt.Errorf("measuring verdicts per second: %w", err)
	}
	if r.Memory, err = c.memory(ctx); err != nil {
		return fmt.Errorf("measuring memory: %w", err)
	}
	if r.Walls, err = c.walls(ctx, dir); err != nil {
		return fmt.Errorf("measuring the sandbox: %w", err)
	}
	if r.Server, err = c.server(ctx, dir); err != nil {
		return fmt.Errorf("measuring a server: %w", err)
	}
	if c.Cold {
		if r.Cold, err = c.cold(ctx, dir); err != nil {
			return fmt.Errorf("measuring the first start: %w", err)
		}
	}
	return nil
}

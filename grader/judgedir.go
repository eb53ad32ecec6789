package grader

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"manche/exercises"
	"manche/grader/harness"
	"manche/grader/sandbox"
)

// Options say how to judge a folder. The zero value is a good choice.
type Options struct {
	// Seed fixes what the grader draws at random; 0 draws one.
	Seed uint64
	// CheckTime is how long one test may take before it counts as one that never
	// ends, in steps of a millisecond; 0 means [DefaultCheckTime].
	CheckTime time.Duration
}

// Bounds of the runs of a package in its owner's module: tests of real code take
// their time, read files and print.
const (
	// DefaultCheckTime is ten times what a slow test takes.
	DefaultCheckTime = 10 * time.Second
	// ownLeast repetitions run whatever they cost: one as it is, one perturbed.
	ownLeast = 2
	// ownBudget ends the repetitions beyond these.
	ownBudget = 5 * time.Second
	// ownSetup is how long the package's initialisation and its TestMain may take.
	ownSetup = time.Minute
	// ownWall bounds one process however many tests it has, as go test does, and
	// the time after which no other one begins.
	ownWall = 10 * time.Minute
	// ownMemory is in bytes: the race detector's share is the larger one.
	ownMemory = 4 << 30
	// ownOutput is in bytes: a hundred thousand lines and more.
	ownOutput = 16 << 20
)

// ErrWalls is returned for a folder that is to be judged behind walls, from where
// its tests could not see it: the sandbox must have been opened as [sandbox.None].
var ErrWalls = errors.New("a folder is judged without a sandbox")

// JudgeDir judges the Go package in a folder by its own tests and examples, as
// an exercise is judged by its checks; a program without tests, by running it.
// It holds for code of one's own only: the code runs in its folder, with the
// user's environment, rights and settings of the go command, and there is no
// policy. The grader's sandbox must be [sandbox.TierNone], or it fails with
// [ErrWalls].
//
// The verdict's exercise is the package's import path, and its findings stand on
// the package's own files, test files included, named relative to the folder. A
// package that the go command cannot build is refused, with build findings. As
// from [Grader.Judge], the error is about us; a folder that is not there is one.
func (g *Grader) JudgeDir(ctx context.Context, dir string, o Options) (*Verdict, error) {
	v, err := g.judgeDir(ctx, dir, o)
	if err != nil {
		return nil, fmt.Errorf("judging the folder %s: %w", dir, err)
	}
	return v, nil
}

func (g *Grader) judgeDir(ctx context.Context, dir string, o Options) (*Verdict, error) {
	if g.config.Sandbox.Tier() != sandbox.TierNone {
		return nil, ErrWalls
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding the folder: %w", err)
	}
	if _, err := os.ReadDir(dir); err != nil {
		return nil, fmt.Errorf("reading the folder: %w", err)
	}
	j := g.judgement(&exercises.Exercise{Slug: filepath.Base(dir)}, true, o.Seed)
	j.inPlace = true
	began := time.Now()
	p, complaints, err := j.load(ctx, dir)
	j.since("check", began)
	if err != nil {
		return j.unloadable(err)
	}
	if len(complaints) > 0 {
		return j.misloaded(complaints...), nil
	}
	j.ownTerms(p, o)
	return j.judgeInPlace(ctx, p)
}

// ownTerms sets the conditions of the runs.
func (j *judgement) ownTerms(p *placed, o Options) {
	check := cmp.Or(o.CheckTime, DefaultCheckTime)
	tests := time.Duration(len(p.program.Checks))
	wall := min(ownSetup+ownLeast*tests*check, max(ownWall, ownSetup+ownLeast*check))
	j.terms.total = ownWall
	orders, program := &j.terms.orders, &j.terms.program
	orders.Least, orders.BudgetMS, orders.CheckMS, orders.WorkMS = ownLeast, int(ownBudget.Milliseconds()), int(check.Milliseconds()), 0
	orders.SetupMS = int(ownSetup.Milliseconds())
	program.Dir, program.Args = p.folder.Dir, []string{"-test.timeout=0"}
	program.Env = slices.Concat(os.Environ(), runtimeEnv(usualProcessors), []string{"PWD=" + p.folder.Dir, harness.OrdersEnv + "=1"})
	program.Limits = sandbox.Limits{Wall: wall, CPU: usualProcessors * wall, Memory: ownMemory, Output: ownOutput, Report: reportSize}
}

// judgeInPlace builds and runs.
func (j *judgement) judgeInPlace(ctx context.Context, p *placed) (*Verdict, error) {
	work, err := j.g.workFolder()
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	remarks := j.remark(p.module.Package)
	began := time.Now()
	binary, err := j.g.config.Toolchain.BuildTests(ctx, p.folder, j.terms.orders.Race, work, p.program.Files)
	j.since("build", began)
	made := <-remarks
	if err != nil {
		return j.unloadable(err)
	}
	runs := j.runs
	if slices.Equal(p.program.Checks, []string{harness.MainCheck}) {
		runs = j.runsAnew
	}
	seen, err := runs(ctx, p.program, binary)
	if err != nil {
		return nil, err
	}
	return j.assess(seen, made), nil
}

// runsAnew is runs for a program that can run only once in a process.
func (j *judgement) runsAnew(ctx context.Context, program *harness.Program, binary string) (*evidence, error) {
	began := time.Now()
	defer j.since("run", began)
	seen := &evidence{strict: true}
	least, budget := j.terms.orders.Least, time.Duration(j.terms.orders.BudgetMS)*time.Millisecond
	for n := range j.terms.orders.Repetitions {
		if n >= least && time.Since(began) > budget {
			break
		}
		orders := j.terms.orders
		orders.Key, orders.First, orders.Repetitions = newKey(), n, n+1
		run, result, err := j.run(ctx, program, binary, orders)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			seen.first = result
		}
		if seen.add(run, result); !run.Complete || slices.ContainsFunc(seen.attempts, attempt.bad) {
			break
		}
	}
	return seen, nil
}

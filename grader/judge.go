package grader

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"time"

	"manche/exercises"
	"manche/grader/build"
	"manche/grader/harness"
	"manche/grader/policy"
	"manche/grader/sandbox"
	"manche/grader/source"
)

// Bounds of the runs of one judgement.
const (
	// leastRepetitions run whatever they cost, the first of them unperturbed.
	leastRepetitions = 5
	// repetitionBudget ends the repetitions beyond these: a bug that they have
	// not shown by then is seldom shown by a few more.
	repetitionBudget = 120 * time.Millisecond
	// checkTime is how long one check may take, a hundred times what it needs, and
	// checkWork how much of the processors: a loop that never ends is seen as soon on
	// a machine that is busy with others.
	checkTime = 5 * time.Second
	checkWork = 2 * time.Second
	// laterTime and laterWork are the same after another one has used up its own:
	// less, since somebody is waiting.
	laterTime = 2 * time.Second
	laterWork = 500 * time.Millisecond
	// wallTime bounds one process: every check at its limit is a hang.
	wallTime = 10 * time.Second
	// judgementTime ends a judgement: no process begins after so much time in
	// others, and the checks that are left count as not run.
	judgementTime = 12 * time.Second
	// reportSize bounds the driver's report, in bytes.
	reportSize = 16 << 20
	// outputSize bounds what the program prints, in bytes: the log of all
	// repetitions takes a tenth of it.
	outputSize = 1 << 20
	// usualProcessors is the GOMAXPROCS of a run that asks for no other.
	usualProcessors = 2
)

// Judge judges a submission. The error is about us, never about the submission,
// except for [ErrUnknownExercise]; when ctx ends, it is ctx's.
func (g *Grader) Judge(ctx context.Context, sub Submission) (*Verdict, error) {
	return g.Watch(ctx, sub, func(Progress) {})
}

// Watch is Judge, and tells observe how far it is, one call at a time: of each
// stage as it begins, and of findings as soon as they are known.
func (g *Grader) Watch(ctx context.Context, sub Submission, observe func(Progress)) (*Verdict, error) {
	ex, err := g.task(sub)
	if err != nil {
		return nil, err
	}
	j := g.judgement(ex, sub.Tests != nil, sub.Seed)
	j.observe, j.keep, j.brief = inTurn(observe), sub.Keep, sub.Brief
	if sub.Processors > 0 {
		j.processors = sub.Processors
		j.terms.program.Env = judgedEnv(j.processors)
	}
	if sub.Least > 0 {
		j.terms.orders.Least = sub.Least
	}
	g.judging.Add(1)
	defer g.judging.Add(-1)
	v, err := j.judge(ctx, sub.Files)
	if err != nil {
		return nil, fmt.Errorf("judging a submission to %q: %w", ex.Slug, err)
	}
	return v, nil
}

// task is what the submission is held against: the exercise it answers, or one
// made of its own tests.
func (g *Grader) task(sub Submission) (*exercises.Exercise, error) {
	if sub.Tests != nil {
		return ownTask(sub), nil
	}
	ex, ok := g.config.Catalog.Lookup(sub.Exercise)
	if !ok {
		return nil, fmt.Errorf("judging a submission to %q: %w", sub.Exercise, ErrUnknownExercise)
	}
	return ex, nil
}

// judgement is one submission on its way to a verdict.
type judgement struct {
	g       *Grader
	ex      *exercises.Exercise
	own     bool // judged by its own tests
	whole   bool // a program, without tests
	inPlace bool // in the module of its owner
	seed    uint64
	terms   terms
	keep    bool // what is built is for the next judgement too
	brief   bool // one process that shows something wrong is enough
	// processors is the GOMAXPROCS of the runs.
	processors int
	timings    map[string]time.Duration
	pkg        *policy.Package // what was submitted, once it is known to be sound
	source     *source.Map     // what text says
	observe    func(Progress)
}

// terms are the conditions of the runs.
type terms struct {
	orders  harness.Orders  // without what differs from run to run
	program sandbox.Program // without what the build gives
	total   time.Duration   // no process begins after so much time in others
}

// judgement begins one, on the terms of an exercise.
func (g *Grader) judgement(ex *exercises.Exercise, own bool, seed uint64) *judgement {
	if seed == 0 {
		seed = drawSeed()
	}
	return &judgement{g: g, ex: ex, own: own, seed: seed, processors: usualProcessors, timings: make(map[string]time.Duration), observe: func(Progress) {}, terms: terms{
		total: judgementTime,
		orders: harness.Orders{
			Repetitions: g.config.Repetitions, Seed: seed, Least: leastRepetitions,
			BudgetMS: int(repetitionBudget.Milliseconds()), CheckMS: int(checkTime.Milliseconds()), WorkMS: int(checkWork.Milliseconds()), Race: g.archives.Race(),
		},
		program: sandbox.Program{
			Env:    judgedEnv(usualProcessors),
			Limits: sandbox.Limits{Wall: wallTime, CPU: sandbox.DefaultLimits().CPU, Output: outputSize, Report: reportSize, Memory: sandbox.DefaultLimits().Memory},
		},
	}}
}

// judgedEnv is the environment of a program that is judged.
func judgedEnv(processors int) []string {
	return append([]string{"HOME=/tmp", "TMPDIR=/tmp", "LANG=C.UTF-8"}, runtimeEnv(processors)...)
}

// runtimeEnv is what Go's runtime and the race detector are told in each run.
func runtimeEnv(processors int) []string {
	return []string{"GOTRACEBACK=all", fmt.Sprintf("GOMAXPROCS=%d", processors), "GORACE=atexit_sleep_ms=0 halt_on_error=0"}
}

func (j *judgement) judge(ctx context.Context, files map[string][]byte) (*Verdict, error) {
	j.observe(Progress{Stage: StageChecking})
	b := j.g.ahead.take(ctx, j.key(files))
	if b == nil {
		b = j.build(ctx, files)
	} else {
		j.tell(StageChecking, j.warnings(b.remarks))
	}
	defer func() { j.leave(b, files) }()
	j.pkg = b.result.Package
	maps.Copy(j.timings, b.timings)
	if v, err := j.unbuilt(b); v != nil || err != nil {
		return v, err
	}
	j.observe(Progress{Stage: StageRunning})
	v, err := j.verdictOn(ctx, b)
	if err != nil {
		return nil, err
	}
	if name := resembling(j.ex, files, v.Findings); name != "" {
		v.Findings[0].Resembles = name
	}
	return v, nil
}

// unbuilt is the verdict on what did not come to be a program; nil where it did.
func (j *judgement) unbuilt(b *built) (*Verdict, error) {
	fault := (*build.SourceError)(nil)
	switch {
	case errors.As(b.err, &fault):
		return j.misbuilt(b.program, fault), nil
	case b.err != nil:
		return nil, b.err
	case b.program == nil:
		return j.refused(b.result), nil
	}
	return nil, nil
}

// verdictOn runs what was built, and judges what that shows.
func (j *judgement) verdictOn(ctx context.Context, b *built) (*Verdict, error) {
	if b.trials != nil {
		if err := j.try(ctx, b); err != nil {
			return nil, err
		}
		return j.assessTrials(b.trials, b.remarks), nil
	}
	seen, err := j.runs(ctx, b.program, b.binary)
	if err != nil {
		return nil, err
	}
	return j.assess(seen, b.remarks), nil
}

// newKey draws the key of one run's report.
func newKey() []byte {
	key := make([]byte, 32)
	rand.Read(key) // never fails (crypto/rand, Go 1.24)
	return key
}

func drawSeed() uint64 {
	return binary.LittleEndian.Uint64(newKey()) | 1 // never 0, which asks for one
}

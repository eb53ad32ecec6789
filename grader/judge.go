package grader

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"time"

	"manche/exercises"
	"manche/grader/build"
	"manche/grader/harness"
	"manche/grader/policy"
	"manche/grader/sandbox"
	"manche/grader/source"
	"manche/grader/vet"
)

// Bounds of the runs of one judgement.
const (
	// leastRepetitions run whatever they cost, the first of them unperturbed.
	leastRepetitions = 5
	// repetitionBudget ends the repetitions beyond these: a bug that they have
	// not shown by then is seldom shown by a few more.
	repetitionBudget = 120 * time.Millisecond
	// checkTime is how long one check may take, a hundred times what it needs.
	checkTime = 5 * time.Second
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
	// processors is the GOMAXPROCS of a run: two are enough for real
	// parallelism, and more find no more.
	processors = 2
)

// Judge judges a submission. The error is about us, never about the submission,
// except for [ErrUnknownExercise]; when ctx ends, it is ctx's.
func (g *Grader) Judge(ctx context.Context, sub Submission) (*Verdict, error) {
	return g.Watch(ctx, sub, func(Stage) {})
}

// Watch is Judge, and tells observe of each stage as it begins.
func (g *Grader) Watch(ctx context.Context, sub Submission, observe func(Stage)) (*Verdict, error) {
	ex, err := g.task(sub)
	if err != nil {
		return nil, err
	}
	j := g.judgement(ex, sub.Tests != nil, sub.Seed)
	v, err := j.judge(ctx, sub.Files, observe)
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
	inPlace bool // in the module of its owner
	seed    uint64
	terms   terms
	timings map[string]time.Duration
	pkg     *policy.Package // what was submitted, once it is known to be sound
	source  *source.Map     // what text says
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
	return &judgement{g: g, ex: ex, own: own, seed: seed, timings: make(map[string]time.Duration), terms: terms{
		total: judgementTime,
		orders: harness.Orders{
			Repetitions: g.config.Repetitions, Seed: seed, Least: leastRepetitions,
			BudgetMS: int(repetitionBudget.Milliseconds()), CheckMS: int(checkTime.Milliseconds()), Race: g.archives.Race(),
		},
		program: sandbox.Program{
			Env:    append([]string{"HOME=/tmp", "TMPDIR=/tmp", "LANG=C.UTF-8"}, runtimeEnv()...),
			Limits: sandbox.Limits{Wall: wallTime, Output: outputSize, Report: reportSize, Memory: sandbox.DefaultLimits().Memory},
		},
	}}
}

// runtimeEnv is what Go's runtime and the race detector are told in each run.
func runtimeEnv() []string {
	return []string{"GOTRACEBACK=all", fmt.Sprintf("GOMAXPROCS=%d", processors), "GORACE=atexit_sleep_ms=0 halt_on_error=0"}
}

func (j *judgement) judge(ctx context.Context, files map[string][]byte, observe func(Stage)) (*Verdict, error) {
	observe(StageChecking)
	program, result, err := j.check(files)
	if err != nil {
		return nil, err
	}
	if program == nil {
		return j.refused(result), nil
	}
	observe(StageBuilding)
	dir, err := j.g.workFolder()
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o711); err != nil {
		return nil, fmt.Errorf("opening the folder to the sandbox: %w", err)
	}
	remarks := j.remark(result.Package)
	binary, took, err := j.g.archives.Build(ctx, dir, program.Files)
	warnings := <-remarks
	j.timings["compile"], j.timings["link"] = took.Compile, took.Link
	if fault := (*build.SourceError)(nil); errors.As(err, &fault) {
		return j.misbuilt(program, fault), nil
	} else if err != nil {
		return nil, err
	}
	observe(StageRunning)
	seen, err := j.runs(ctx, program, binary)
	if err != nil {
		return nil, err
	}
	v := j.assess(seen, warnings)
	if name := resembling(j.ex, files, v.Findings); name != "" {
		v.Findings[0].Resembles = name
	}
	return v, nil
}

// check holds the files against the policy and puts the program together; it is
// nil where the submission is refused.
func (j *judgement) check(files map[string][]byte) (*harness.Program, policy.Result, error) {
	defer j.since("check", time.Now())
	j.g.mu.Lock()
	defer j.g.mu.Unlock()
	result := policy.Check(files, policy.Rules{
		Package: j.ex.Package, Files: j.ex.Editable, Imports: j.ex.Imports, Importer: j.g.importer, Own: j.own,
	})
	if result.Package == nil {
		return nil, result, nil
	}
	j.pkg = result.Package
	checks, err := j.checks()
	if err != nil && j.own {
		return nil, policy.Result{Errors: []policy.Complaint{untestable(err)}}, nil
	}
	if err != nil {
		return nil, result, err
	}
	return checks.Program(result.Package), result, nil
}

// checks returns what the submission is held against. The caller holds g.mu.
func (j *judgement) checks() (*harness.Checks, error) {
	if j.own {
		return harness.Prepare(j.ex.Package, j.ex.CheckList, j.ex.Reference, j.ex.Checks, j.g.importer)
	}
	return j.g.checksOf(j.ex)
}

// since notes how long a stage took.
func (j *judgement) since(stage string, start time.Time) { j.timings[stage] = time.Since(start) }

// remark has the submission read for mistakes that show without running it,
// beside the compiler and the linker. The channel gives the findings, once; the
// goroutine never waits for anyone to take them.
func (j *judgement) remark(pkg *policy.Package) <-chan []Finding {
	found := make(chan []Finding, 1)
	go func() {
		j.g.mu.Lock() // the imported packages are shared, and load as they are used
		defer j.g.mu.Unlock()
		found <- j.warnings(vet.Remarks(pkg))
	}()
	return found
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

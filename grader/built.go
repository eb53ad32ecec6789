package grader

import (
	"context"
	"errors"
	"os"
	"time"

	"manche/exercises"
	"manche/grader/build"
	"manche/grader/harness"
	"manche/grader/policy"
	"manche/grader/vet"
)

// built is a submission that was checked and built. Whoever has it discards it.
type built struct {
	result  policy.Result    // with a Package where the submission is let through
	program *harness.Program // nil where it is not
	binary  string           // in dir
	trials  []*trial         // instead, each with a binary of its own, where a test is asked for
	dir     string
	remarks []vet.Remark
	timings map[string]time.Duration
	err     error // the compiler's, against the submission, or ours
}

// discard removes what was built.
func (b *built) discard() {
	if b.dir != "" {
		os.RemoveAll(b.dir)
	}
}

// failed reports whether the fault is ours, so that another attempt may be better.
func (b *built) failed() bool {
	fault := (*build.SourceError)(nil)
	return b.err != nil && !errors.As(b.err, &fault)
}

// build checks a submission and builds it.
func (j *judgement) build(ctx context.Context, files map[string][]byte) *built {
	if j.ex.Kind == exercises.Test {
		return j.buildTest(ctx, files)
	}
	b := new(built)
	b.program, b.result, b.err = j.check(files)
	if b.program != nil && b.err == nil {
		j.observe(Progress{Stage: StageBuilding})
		b.err = j.compile(ctx, b)
	}
	b.timings = j.timings
	return b
}

// compile makes the executable, and has the submission read meanwhile.
func (j *judgement) compile(ctx context.Context, b *built) (err error) {
	if b.dir, err = j.g.openFolder(); err != nil {
		return err
	}
	j.g.config.Sandbox.Expect(j.processes())
	remarks := j.remark(b.result.Package)
	binary, took, err := j.g.archives.Build(ctx, b.dir, b.program.Files)
	b.binary, b.remarks = binary, <-remarks
	j.timings["compile"], j.timings["link"] = took.Compile, took.Link
	return err
}

// processes is how many programs may have to be started at about the same time once
// this one is built.
func (j *judgement) processes() int {
	n := max(1, int(j.g.judging.Load()))
	if j.ex.Apart {
		n *= 2
	}
	return n
}

// check holds the files against the policy and puts the program together; it is
// nil where the submission is refused.
func (j *judgement) check(files map[string][]byte) (*harness.Program, policy.Result, error) {
	defer j.since("check", time.Now())
	j.g.mu.Lock()
	defer j.g.mu.Unlock()
	rules, err := j.rules(j.g.importer)
	if err != nil {
		return nil, policy.Result{}, err
	}
	result, err := j.held(files, rules, j.g.importer)
	if err != nil || result.Package == nil {
		return nil, result, err
	}
	if j.whole {
		if list := mainless(result.Package); len(list) > 0 {
			return nil, policy.Result{Errors: list}, nil
		}
	}
	checks, err := j.checks()
	if list := j.untestable(err); len(list) > 0 {
		return nil, policy.Result{Errors: list}, nil
	}
	if err != nil {
		return nil, result, err
	}
	return checks.Program(result.Package), result, nil
}

// checks returns what the submission is held against. The caller holds g.mu.
func (j *judgement) checks() (maker, error) {
	if j.whole {
		return harness.Whole{}, nil
	}
	if j.own {
		return harness.Prepare(j.ex.Package, j.ex.CheckList, j.ex.Reference, j.ex.Checks, j.g.importer)
	}
	return j.g.checksOf(j.ex)
}

// since notes how long a stage took.
func (j *judgement) since(stage string, start time.Time) { j.timings[stage] = time.Since(start) }

// remark has the submission read for mistakes that show without running it,
// beside the compiler and the linker. The channel gives the remarks, once; the
// goroutine never waits for anyone to take them.
func (j *judgement) remark(pkg *policy.Package) <-chan []vet.Remark {
	found := make(chan []vet.Remark, 1)
	read := func() []vet.Remark {
		j.g.mu.Lock() // the imported packages are shared, and load as they are used
		defer j.g.mu.Unlock()
		return vet.Remarks(pkg)
	}
	go func() {
		remarks := read()
		j.tell(StageBuilding, j.warnings(remarks))
		found <- remarks
	}()
	return found
}

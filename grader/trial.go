package grader

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"manche/exercises"
	"manche/grader/harness"
	"manche/grader/policy"
	"manche/grader/report"
	"manche/grader/sandbox"
)

// Where the learner writes the test, its word is what is asked for: it must fail
// on each broken implementation and pass on each sound one. So what has to be
// seen in the driver's report is both, and what must not help is to know an
// implementation by anything but what it does. Each one has the same names and
// the same files as the others, and several tries, each with a copy of both to
// itself, in a process that runs nothing else, in an order that is drawn. What a
// test that answers by luck, or by counting, says is then wrong somewhere; so is
// what one says by a name that was drawn, which is another one in the next try.

// Bounds of the trials of one test.
const (
	// rounds is how often each implementation is tried: a test that tosses a coin
	// gets through with five implementations once in thirty thousand times.
	rounds = 3
	// trialsAtOnce run at a time: a test that measures time must not wait for many
	// others.
	trialsAtOnce = 2
	// slowTry is how long a try may take before it is the test that is slow, and
	// not the machine: ten times what a patient test needs.
	slowTry = time.Second
)

// trial is a test on one implementation.
type trial struct {
	exercises.Implementation
	programs [rounds]*harness.Program // one for each try
	tries    []try
}

// try is one process of a trial.
type try struct {
	seen   *evidence
	passed bool          // every test function came to its end, and none failed
	failed bool          // one failed, or the program panicked
	hung   bool          // one did not come to its end
	took   time.Duration // of the process
}

// wrong reports whether a try is not as the implementation asks.
func (t *trial) wrong(y try) bool {
	if !t.Sound {
		return !y.failed || y.hung
	}
	return !y.passed || slices.ContainsFunc(y.seen.attempts, attempt.bad)
}

// bad reports whether any try was wrong.
func (t *trial) bad() bool { return slices.ContainsFunc(t.tries, t.wrong) }

// checkTest holds a test against the policy, and puts it together with each
// implementation; there are no trials where it is refused.
func (j *judgement) checkTest(files map[string][]byte) ([]*trial, policy.Result, error) {
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
	prepared, err := j.g.implementationsOf(j.ex)
	if err != nil {
		return nil, policy.Result{}, err
	}
	trials := make([]*trial, len(prepared))
	for i := range trials {
		trials[i] = &trial{Implementation: j.ex.Implementations[i]}
	}
	for i, p := range harness.Programs(slices.Repeat(prepared, rounds), result.Package) {
		trials[i%len(trials)].programs[i/len(trials)] = p
	}
	return trials, result, nil
}

// implementationsOf returns those of an exercise, read once. The caller holds mu.
func (g *Grader) implementationsOf(ex *exercises.Exercise) ([]*harness.Implementation, error) {
	if list := g.implementations[keyOf(ex)]; list != nil {
		return list, nil
	}
	var list []*harness.Implementation
	for _, impl := range ex.Implementations {
		p, err := harness.PrepareImplementation(ex.Package, impl.Files, g.importer)
		if err != nil {
			return nil, fmt.Errorf("preparing the implementation %q of %q: %w", impl.Name, ex.Slug, faulty(impl.Folder, err))
		}
		list = append(list, p)
	}
	keepNewest(g.implementations, ex, list)
	return list, nil
}

// buildTest checks a test and builds it with all implementations at once.
func (j *judgement) buildTest(ctx context.Context, files map[string][]byte) *built {
	b := new(built)
	if b.trials, b.result, b.err = j.checkTest(files); b.err == nil && b.trials != nil {
		j.observe(Progress{Stage: StageBuilding})
		b.program = b.trials[0].programs[0] // of which all have the files
		b.err = j.compile(ctx, b)
	}
	b.timings = j.timings
	return b
}

// try runs the trials, round by round, until one of them is seen to be wrong.
func (j *judgement) try(ctx context.Context, b *built) error {
	began := time.Now()
	defer j.since("run", began)
	order := rand.New(rand.NewPCG(j.seed, 0))
	for n := range rounds {
		if n == 1 {
			j.observe(Progress{Stage: StageRepeating})
		}
		if err := j.round(ctx, b, order.Perm(len(b.trials)), n, began.Add(j.terms.total)); err != nil {
			return err
		}
		if slices.ContainsFunc(b.trials, (*trial).bad) {
			break
		}
	}
	return nil
}

// round tries each implementation once, in the given order. After the end, or
// after a process that did not come to its own, no other one begins.
func (j *judgement) round(ctx context.Context, b *built, order []int, n int, end time.Time) error {
	var mu sync.Mutex // guards what follows
	over := false
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(trialsAtOnce)
	for _, i := range order {
		t := b.trials[i]
		group.Go(func() error {
			mu.Lock()
			late := over || time.Now().After(end)
			mu.Unlock()
			if late {
				return nil
			}
			y, err := j.once(ctx, t, b.binary, n)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				t.tries = append(t.tries, y)
				over = over || y.hung
				j.tell(StageRunning, j.tried(t))
			}
			return err
		})
	}
	return group.Wait()
}

// once is one process: the test on one implementation.
func (j *judgement) once(ctx context.Context, t *trial, binary string, n int) (try, error) {
	orders, program := j.terms.orders, t.programs[n]
	orders.Key, orders.First, orders.Repetitions, orders.Skip = newKey(), n, n+1, program.Others
	began := time.Now()
	run, result, err := j.run(ctx, program, binary, orders)
	if err != nil {
		return try{}, err
	}
	return newTry(run, result, time.Since(began)), nil
}

// newTry reads a process that took so long.
func newTry(run harness.Run, result sandbox.Result, took time.Duration) try {
	y := try{seen: new(evidence), took: took}
	y.seen.add(run, result)
	y.read(run, result)
	return y
}

// read says what go test would. Nothing is taken for granted: a test has passed
// only where a report that is whole says so. What an earlier test function has
// left behind may be what a later one sees; that counts.
func (y *try) read(run harness.Run, result sandbox.Result) {
	y.passed = run.Complete && !run.Tampered
	for _, a := range run.Attempts {
		y.passed = y.passed && a.Ended && !a.Failed && !a.Skipped
		y.failed = y.failed || a.Ended && a.Failed
		y.hung = y.hung || a.Stuck
	}
	last := len(run.Attempts) - 1
	died := last >= 0 && !run.Attempts[last].Ended && !run.Attempts[last].Stuck
	y.failed = !run.Tampered && (y.failed || died && panicked(result, run.Attempts[last].Output))
	y.hung = y.hung || result.Stop == sandbox.WallTime || result.Stop == sandbox.CPUTime
}

// panicked reports whether a process came to its end by a panic of Go's.
func panicked(result sandbox.Result, output string) bool {
	_, ok := report.LastPanic(output)
	return ok && result.Stop == sandbox.Exited
}

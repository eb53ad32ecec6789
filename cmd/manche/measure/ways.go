package measure

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"manche/exercises"
	"manche/grader"
)

// The ways to a verdict, and the moments of it, as the report names them.
const (
	wayGoTest     = "go_test"     // go test -race, once
	wayTuned      = "tuned"       // see peer.tuned
	wayRemark     = "remark"      // the first finding, where static analysis has one at the right line
	wayFirst      = "first"       // the first finding of a run
	wayFinal      = "final"       // the verdict
	wayOnce       = "once"        // the verdict, each check run once
	wayAheadFirst = "ahead_first" // the first finding, the program having been built ahead
	wayAhead      = "ahead"       // the verdict in that case
	wayProcess    = "process"     // the whole process "manche grade"
)

const (
	// wayCount is how many judgements and tests a round has: the five of
	// [lane.ways] for two answers, and one more. It has to be a prime number.
	wayCount = 5*2 + 1
	// stageRest is what a verdict takes beside its stages.
	stageRest = "rest"
	// stageWay stands before the name of a stage among the samples.
	stageWay = wayFinal + "/"
)

// wayOrder is the order of a table's rows, stageOrder that of the stages'.
var (
	wayOrder   = []string{wayGoTest, wayTuned, wayRemark, wayFirst, wayFinal, wayOnce, wayAheadFirst, wayAhead, wayProcess}
	stageOrder = []string{"check", "compile", "link", "run", stageRest}
)

// Times is what an exercise's verdicts take.
type Times struct {
	Exercise string `json:"exercise"`
	Rows     []Row  `json:"rows"`
	Stages   []Row  `json:"stages"` // of the verdict; their ways are stages
}

// lane is one exercise that is being measured.
type lane struct {
	Config
	ex      *exercises.Exercise
	peer    *peer
	samples samples
}

// way measures one way once.
type way func(context.Context) error

// times measures an exercise: all ways in every round, in turn, each time
// in another order, so that whatever else the machine does hits them alike.
// What a round before the first one prepares, is not counted.
func (c Config) times(ctx context.Context, dir string, ex *exercises.Exercise) (Times, error) {
	peer, err := newPeer(dir, ex)
	if err != nil {
		return Times{}, err
	}
	l := &lane{Config: c, ex: ex, peer: peer, samples: make(samples)}
	ways := l.ways()
	for round := range 1 + c.Rounds {
		for i := range ways {
			// Another stride in each round gives everyone other neighbours; each
			// meets all of them once, since their number is prime.
			at := (round + i*(1+round%(len(ways)-1))) % len(ways)
			if err := ways[at](ctx); err != nil {
				return Times{}, cmp.Or(ctx.Err(), err)
			}
			settle(ctx)
			c.Step()
		}
		if round == 0 {
			clear(l.samples)
		}
	}
	return l.sum(), nil
}

// sum makes the rows.
func (l *lane) sum() Times {
	t := Times{Exercise: l.ex.Slug}
	for _, name := range []string{Passing, Starter} {
		t.Rows = append(t.Rows, l.samples.rows(name, wayOrder)...)
		for _, stage := range stageOrder {
			for _, row := range l.samples.rows(name, []string{stageWay + stage}) {
				row.Way, row.OfGoTest, row.OfTuned = stage, 0, 0
				t.Stages = append(t.Stages, row)
			}
		}
	}
	return t
}

// ways are all of them.
func (l *lane) ways() []way {
	var all []way
	passing, starter := answersTo(l.ex)
	for _, a := range []answer{passing, starter} {
		all = append(all,
			l.without(a, wayGoTest, l.peer.goTest), l.without(a, wayTuned, l.peer.tuned),
			l.warm(a), l.ahead(a), l.process(a))
	}
	return append(all, func(ctx context.Context) error {
		m, err := judge(ctx, l.Once, l.ex.Slug, passing, passing.fresh())
		l.samples.add(Passing, wayOnce, m.final)
		return err
	})
}

// without measures a way that does without us.
func (l *lane) without(a answer, name string, test func(context.Context, bool) error) way {
	return func(ctx context.Context) error {
		if err := l.peer.write(a.fresh()); err != nil {
			return err
		}
		start := time.Now()
		err := test(ctx, a.outcome == grader.Passed)
		l.samples.add(a.name, name, millis(start))
		return err
	}
}

// warm measures a grader that has been judging.
func (l *lane) warm(a answer) way {
	return func(ctx context.Context) error {
		m, err := judge(ctx, l.Grader, l.ex.Slug, a, a.fresh())
		if err != nil {
			return err
		}
		l.samples.add(a.name, wayFinal, m.final)
		if a.outcome != grader.Passed {
			l.samples.add(a.name, wayFirst, m.first)
		}
		if m.remark > 0 {
			l.samples.add(a.name, wayRemark, m.remark)
		}
		rest := m.final
		for stage, took := range m.stages {
			l.samples.add(a.name, stageWay+stage, took)
			rest -= took
		}
		l.samples.add(a.name, stageWay+stageRest, rest)
		return nil
	}
}

// ahead measures a grader that has the program ready.
func (l *lane) ahead(a answer) way {
	return func(ctx context.Context) error {
		files := a.fresh()
		l.Grader.Anticipate(ctx, grader.Submission{Exercise: l.ex.Slug, Files: files})
		m, err := judge(ctx, l.Grader, l.ex.Slug, a, files)
		l.samples.add(a.name, wayAhead, m.final)
		if a.outcome != grader.Passed {
			l.samples.add(a.name, wayAheadFirst, m.first)
		}
		return err
	}
}

// process measures "manche grade", from its start to its end.
func (l *lane) process(a answer) way {
	return func(ctx context.Context) error {
		dir, err := os.MkdirTemp(l.peer.dir, "answer-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		for name, src := range a.fresh() {
			if err := os.WriteFile(filepath.Join(dir, name), src, 0o600); err != nil {
				return err
			}
		}
		cmd := command(ctx, l.Program, "grade", l.ex.Slug, dir)
		start := time.Now()
		out, err := cmd.CombinedOutput()
		l.samples.add(a.name, wayProcess, millis(start))
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			return fmt.Errorf("running manche grade: %w", err)
		}
		want := 0
		if a.outcome != grader.Passed {
			want = 1
		}
		if code := cmd.ProcessState.ExitCode(); code != want {
			return fmt.Errorf("manche grade on the %s ends with code %d, want %d; it said:\n%s", a.name, code, want, out)
		}
		return nil
	}
}

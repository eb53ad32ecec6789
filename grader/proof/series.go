package proof

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"manche/grader"
)

// Series names what a program is tried by.
type Series string

// The series. The grader judges in the first two of them; the last one is there
// to compare it with.
const (
	Broken Series = "broken" // a verdict on the program with the bug
	Sound  Series = "sound"  // a verdict on its sound twin
	Plain  Series = "plain"  // one go test -race on the program with the bug
)

// Trial is one try and what came of it, as it stands in a [Journal].
type Trial struct {
	Program string `json:"program"`
	Series  Series `json:"series"`
	// Caught: the bug was found, by its kind; on a sound program, that it did not
	// pass; for a plain run, that it failed.
	Caught  bool           `json:"caught"`
	Placed  bool           `json:"placed,omitempty"` // and at a right line
	Outcome grader.Outcome `json:"outcome,omitempty"`
	Said    []string       `json:"said,omitempty"` // each finding as key(file:line)
	Seed    uint64         `json:"seed,string,omitempty"`
	Runs    int            `json:"runs,omitempty"` // repetitions begun
	Millis  int64          `json:"ms"`             // wall time
}

// Try is a try that is still to be made.
type Try struct {
	Program Program
	Series  Series
}

// Interleave lists the tries that are left of want, so many of each series for
// each program, when had was made already. They come in rounds, every program
// once in each, and what a shorter series has is spread over all rounds: whatever
// the machine does hits all programs alike, and a series that was broken off is
// an even one.
func Interleave(programs []Program, want map[Series]int, had []Trial) []Try {
	type key struct {
		program string
		series  Series
	}
	made := make(map[key]int)
	for _, t := range had {
		made[key{t.Program, t.Series}]++
	}
	rounds := max(want[Broken], want[Sound], want[Plain])
	var tries []Try
	for round := range rounds {
		for _, p := range programs {
			for _, s := range []Series{Broken, Sound, Plain} {
				if (round+1)*want[s]/rounds == round*want[s]/rounds {
					continue // not in this round
				}
				if k := (key{p.Name, s}); made[k] > 0 {
					made[k]--
				} else {
					tries = append(tries, Try{p, s})
				}
			}
		}
	}
	return tries
}

// Detect makes tries of the broken and the sound series, in their order, workers
// at a time, and calls done after each, one call at a time. An error of done, or
// of the judge, ends it.
func Detect(ctx context.Context, j judge, tries []Try, workers int, done func(Trial) error) error {
	return Each(ctx, tries, workers, func(ctx context.Context, try Try) (Trial, error) { return try.judge(ctx, j) }, done)
}

// Each makes tries by a function, in their order, workers at a time, and calls
// done after each, one call at a time. An error of either ends it.
func Each(ctx context.Context, tries []Try, workers int, attempt func(context.Context, Try) (Trial, error), done func(Trial) error) error {
	var mu sync.Mutex // guards done
	group, inGroup := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for _, try := range tries {
		if inGroup.Err() != nil {
			break
		}
		group.Go(func() error {
			t, err := attempt(inGroup, try)
			if err != nil {
				return fmt.Errorf("trying corpus program %s: %w", try.Program.Name, err)
			}
			mu.Lock()
			defer mu.Unlock()
			return done(t)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// judge gets one verdict.
func (try Try) judge(ctx context.Context, j judge) (Trial, error) {
	p, files := try.Program, try.Program.Broken
	if try.Series == Sound {
		files = p.Sound
	}
	start := time.Now()
	v, err := j.Judge(ctx, grader.Submission{Exercise: "corpus", Files: files, Tests: p.Tests})
	if err != nil {
		return Trial{}, err
	}
	t := Trial{
		Program: p.Name, Series: try.Series, Outcome: v.Outcome, Said: said(v),
		Seed: v.Runs.Seed, Runs: v.Runs.Count, Millis: time.Since(start).Milliseconds(),
	}
	if try.Series == Sound {
		t.Caught = v.Outcome != grader.Passed
	} else {
		t.Caught, t.Placed = p.sees(v)
	}
	return t, nil
}

package measure

import (
	"cmp"
	"context"
	"os"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"manche/exercises"
)

// Rate is how many fresh edits of a passing answer are judged in a second.
type Rate struct {
	Way       string  `json:"way"`
	Workers   int     `json:"workers"`
	Verdicts  int     `json:"verdicts"`
	PerSecond float64 `json:"per_second"`
	// CPUSeconds is the processor time of one verdict, in all processes; 0 where
	// the system does not tell.
	CPUSeconds float64 `json:"cpu_seconds"`
}

// rateBlocks is in how many parts each rate is measured, in turn with the others.
const rateBlocks = 2

var (
	rateWays    = []string{wayTuned, wayFinal, wayOnce}
	rateWorkers = []int{1, 2}
)

// rates measures all of them.
func (c Config) rates(ctx context.Context, dir string) ([]Rate, error) {
	var all []Rate
	var does [][]func(context.Context) error // by rate, what each of its workers does
	for _, name := range rateWays {
		for _, workers := range rateWorkers {
			hands, err := c.hands(dir, name, workers)
			if err != nil {
				return nil, err
			}
			all, does = append(all, Rate{Way: name, Workers: workers}), append(does, hands)
		}
	}
	spent := make([]spending, len(all))
	for block := range rateBlocks {
		n := c.Verdicts*(block+1)/rateBlocks - c.Verdicts*block/rateBlocks
		for i := range all {
			at := (block + i) % len(all)
			if err := spent[at].measure(ctx, n, does[at]); err != nil {
				return nil, cmp.Or(ctx.Err(), err)
			}
			settle(ctx)
			c.Step()
		}
	}
	for i, s := range spent {
		all[i].Verdicts = s.verdicts
		all[i].PerSecond = ratio(float64(s.verdicts), s.wall.Seconds())
		all[i].CPUSeconds = ratio(s.cpu.Seconds(), float64(s.verdicts))
	}
	return all, nil
}

// hands are what workers do to get one verdict.
func (c Config) hands(dir, name string, workers int) ([]func(context.Context) error, error) {
	var hands []func(context.Context) error
	ex := c.Exercises[0]
	for range workers {
		p, err := newPeer(dir, ex)
		if err != nil {
			return nil, err
		}
		hands = append(hands, c.hand(ex, name, p))
	}
	return hands, nil
}

func (c Config) hand(ex *exercises.Exercise, name string, p *peer) func(context.Context) error {
	passing, _ := answersTo(ex)
	judges := map[string]Grader{wayFinal: c.Grader, wayOnce: c.Once}
	return func(ctx context.Context) error {
		if g := judges[name]; g != nil {
			_, err := judge(ctx, g, ex.Slug, passing, passing.fresh())
			return err
		}
		if err := p.write(passing.fresh()); err != nil {
			return err
		}
		return p.tuned(ctx, true)
	}
}

// spending is what verdicts cost so far.
type spending struct {
	verdicts  int
	wall, cpu time.Duration
}

// measure has n verdicts made, by all hands.
func (s *spending) measure(ctx context.Context, n int, hands []func(context.Context) error) error {
	var taken atomic.Int64
	start, before := time.Now(), processorTime(os.Getpid())
	group, ctx := errgroup.WithContext(ctx)
	for _, hand := range hands {
		group.Go(func() error {
			for taken.Add(1) <= int64(n) {
				if err := hand(ctx); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := group.Wait()
	s.verdicts += n
	s.wall += time.Since(start)
	s.cpu += processorTime(os.Getpid()) - before
	return err
}

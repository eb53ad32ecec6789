package queue_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"manche/grader/queue"
)

func TestAllAreJudgedOnceWithinTheSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, ids := &ledger{}, names(100)
		l.accept(ids...)
		var now, most atomic.Int64
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Slots: 3, Judge: func(ctx context.Context, job queue.Job, report func(queue.State, json.RawMessage)) ([]byte, bool, error) {
			if n := now.Add(1); n > most.Load() {
				most.Store(n) // the clock of the bubble lets the three overlap exactly
			}
			defer now.Add(-1)
			return taking(time.Second)(ctx, job, report)
		}})
		defer q.Close()
		events := follow(t, q, ids[len(ids)-1])
		start := time.Now()
		if e, _ := last(events); e.State != queue.Done {
			t.Errorf("the last event is %+v", e)
		}
		wantDone(t, l, ids...)
		if most.Load() != 3 {
			t.Errorf("got %d at the same time, want 3", most.Load())
		}
		if took := time.Since(start); took > 35*time.Second {
			t.Errorf("100 s of work took %v in 3 slots", took)
		}
	})
}

func TestWakeSavesTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Judge: taking(0)})
		defer q.Close()
		synctest.Wait()
		l.accept("a")
		q.Wake()
		synctest.Wait()
		wantDone(t, l, "a") // and the clock has not moved
		l.accept("b")       // without a wake-up
		<-time.After(2 * time.Second)
		synctest.Wait()
		wantDone(t, l, "b")
	})
}

func TestLongJudgementKeepsItsLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		l.accept("a")
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Judge: taking(100 * time.Second), Lease: 3 * time.Second})
		defer q.Close()
		last(follow(t, q, "a"))
		wantDone(t, l, "a")
		if r := l.row("a"); r.epoch != 1 || r.failures != 0 {
			t.Errorf("got %+v, want a single claim", r)
		}
	})
}

func TestHangingJudgementEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		l.accept("a")
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Judge: taking(24 * time.Hour)})
		defer q.Close()
		start := time.Now()
		if e, _ := last(follow(t, q, "a")); e.State != queue.Error {
			t.Errorf("the last event is %+v, want an error", e)
		}
		if took := time.Since(start); took > 10*time.Minute {
			t.Errorf("the slot came free after %v", took)
		}
	})
}

func TestPoisonEndsAndHarmsNobody(t *testing.T) {
	for name, poison := range map[string]func() error{
		"error": func() error { return errors.New("the disk is full") },
		"panic": func() error { panic("out of luck") },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := &ledger{}
				l.accept("poison", "b", "c")
				var tries atomic.Int64
				q := queue.Start(t.Context(), queue.Config{Ledger: l, Judge: func(ctx context.Context, job queue.Job, report func(queue.State, json.RawMessage)) ([]byte, bool, error) {
					if job.ID == "poison" {
						tries.Add(1)
						return nil, false, poison()
					}
					return taking(time.Second)(ctx, job, report)
				}})
				defer q.Close()
				if e, _ := last(follow(t, q, "poison")); e.State != queue.Error {
					t.Errorf("the last event is %+v, want an error", e)
				}
				if tries.Load() != queue.MaxFailures {
					t.Errorf("got %d attempts, want %d", tries.Load(), queue.MaxFailures)
				}
				last(follow(t, q, "c"))
				wantDone(t, l, "b", "c")
			})
		})
	}
}

func TestBrokenLedgerIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, ids := &ledger{broken: 5}, names(10)
		l.accept(ids...)
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Slots: 2, Judge: taking(time.Second)})
		defer q.Close()
		for _, id := range ids {
			last(follow(t, q, id))
		}
		wantDone(t, l, ids...)
		for _, id := range ids {
			if r := l.row(id); r.epoch != 1 {
				t.Errorf("got %+v: a verdict was thrown away", r)
			}
		}
	})
}

func TestCancelStopsTheJudgement(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		l.accept("a", "b")
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Judge: taking(time.Minute)})
		defer q.Close()
		events := follow(t, q, "a")
		synctest.Wait()
		start := time.Now()
		l.supersede("a")
		q.Cancel("a")
		if e, _ := last(events); e.State != queue.Superseded {
			t.Errorf("the last event is %+v", e)
		}
		last(follow(t, q, "b"))
		if took := time.Since(start); took != time.Minute {
			t.Errorf("the slot came free after %v", took-time.Minute)
		}
		wantDone(t, l, "b")
		if r := l.row("a"); r.state != queue.Superseded || r.verdicts != 0 {
			t.Errorf("got %+v", r)
		}
	})
}

// TestOvertakenClaimStops loses the cancellation, and also takes a job back
// while it is still on its way to a worker.
func TestOvertakenClaimStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		l.accept("a", "b")
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Judge: taking(time.Minute), Window: 2, Lease: 30 * time.Second})
		defer q.Close()
		events := follow(t, q, "b")
		synctest.Wait()
		l.supersede("a") // a runs, b is with the engine
		l.supersede("b")
		if e, _ := last(events); e.State != queue.Superseded {
			t.Errorf("the last event is %+v", e)
		}
		l.accept("c")
		start := time.Now()
		last(follow(t, q, "c"))
		wantDone(t, l, "c")
		if took := time.Since(start); took > 72*time.Second {
			t.Errorf("work that nobody wants any more went on: %v", took)
		}
	})
}

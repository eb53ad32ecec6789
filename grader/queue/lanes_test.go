package queue_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"manche/grader/queue"
)

// lane is the fake ledger as one of several. It may fail to hand anything out, or to
// count, or to tell where anything stands.
type lane struct {
	ledger
	shut, uncounted, mute bool
}

func (l *lane) Standing(ctx context.Context, ids []string) ([]queue.Event, error) {
	if l.mute {
		return nil, errBroken
	}
	return l.ledger.Standing(ctx, ids)
}

func (l *lane) Claimed(context.Context) (n int, err error) {
	if l.uncounted {
		return 0, errBroken
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range l.rows {
		if r.claimed() {
			n++
		}
	}
	return n, nil
}

func (l *lane) Claim(ctx context.Context, now time.Time, window int, lease time.Duration) ([]queue.Job, error) {
	if l.shut {
		return nil, errBroken
	}
	return l.ledger.Claim(ctx, now, window, lease)
}

// waiting returns a lane in which so many wait.
func waiting(n int) *lane {
	l := new(lane)
	for i := range n {
		l.accept(fmt.Sprint(i))
	}
	return l
}

// claim claims within a window, and returns what was claimed, sorted.
func claim(t *testing.T, l *queue.Lanes, window int) []string {
	t.Helper()
	jobs, err := l.Claim(t.Context(), time.Now(), window, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]string, len(jobs))
	for i, j := range jobs {
		ids[i] = j.ID
	}
	slices.Sort(ids)
	return ids
}

func TestLanesShareTheWindow(t *testing.T) {
	for _, tc := range []struct {
		name       string
		a, b, size int
		want       string
	}{
		{"both are full", 9, 9, 4, "/0 /1 b/0 b/1"},
		{"one needs little", 9, 1, 4, "/0 /1 /2 b/0"},
		{"one is empty", 9, 0, 4, "/0 /1 /2 /3"},
		{"all fits", 1, 1, 4, "/0 b/0"},
	} {
		l := queue.NewLanes(map[string]queue.Lane{"": waiting(tc.a), "b": waiting(tc.b)})
		if got := strings.Join(claim(t, l, tc.size), " "); got != tc.want {
			t.Errorf("%s: claimed %s, want %s", tc.name, got, tc.want)
		}
		if more := claim(t, l, tc.size); len(more) > 0 && tc.a+tc.b > tc.size {
			t.Errorf("%s: claimed %v beyond the window", tc.name, more)
		}
	}
}

// Where the window is too small for all, they take turns.
func TestLanesTakeTurns(t *testing.T) {
	a, b := waiting(2), waiting(2)
	l := queue.NewLanes(map[string]queue.Lane{"a": a, "b": b})
	for i := range 2 {
		seen := append(claim(t, l, 2*i+1), claim(t, l, 2*i+2)...)
		slices.Sort(seen)
		if got, want := strings.Join(seen, " "), fmt.Sprintf("a/%d b/%d", i, i); got != want {
			t.Errorf("claimed %s, want %s", got, want)
		}
	}
}

// A lane that cannot count its claims, or cannot hand any out, is left out: the
// others go on, whoever's turn it is, and what they gave is told of.
func TestALaneThatFailsStopsNoOther(t *testing.T) {
	for name, broken := range map[string]*lane{"claiming": {shut: true}, "counting": {uncounted: true}} {
		for turn := range 3 {
			a, c := waiting(3), waiting(3)
			l := queue.NewLanes(map[string]queue.Lane{"a": a, "b": broken, "c": c})
			for range turn {
				l.Claim(t.Context(), time.Now(), 0, time.Minute)
			}
			jobs, err := l.Claim(t.Context(), time.Now(), 4, time.Minute)
			if !errors.Is(err, errBroken) {
				t.Errorf("%s, turn %d: %v, want the lane's error", name, turn, err)
			}
			inA, _ := a.Claimed(t.Context())
			inC, _ := c.Claimed(t.Context())
			if len(jobs) != 4 || inA == 0 || inC == 0 || inA+inC != 4 {
				t.Errorf("%s, turn %d: %d jobs; %d and %d claims are out, want 4 of both", name, turn, len(jobs), inA, inC)
			}
		}
	}
}

// A lane that keeps no outcome keeps those of the others from nobody, and gets its
// own when it can keep them again.
func TestALaneThatKeepsNothingStopsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := waiting(9), waiting(3)
		b.broken = 1 << 30
		q := queue.Start(t.Context(), queue.Config{
			Ledger: queue.NewLanes(map[string]queue.Lane{"a": a, "b": b}), Slots: 2,
			Judge: func(context.Context, queue.Job, func(queue.State, json.RawMessage)) ([]byte, bool, error) {
				time.Sleep(time.Second) // of the bubble: outcomes come one after the other
				return []byte("{}"), true, nil
			},
		})
		defer q.Close()
		time.Sleep(30 * time.Second)
		synctest.Wait()
		for i := range 9 {
			if r := a.row(fmt.Sprint(i)); r.state != queue.Done || r.verdicts != 1 {
				t.Errorf("a/%d is %s with %d verdicts beside a lane that is broken, want done with one", i, r.state, r.verdicts)
			}
		}
		b.mu.Lock()
		b.broken = 0
		b.mu.Unlock()
		time.Sleep(30 * time.Second)
		synctest.Wait()
		for i := range 3 {
			if r := b.row(fmt.Sprint(i)); r.state != queue.Done || r.verdicts != 1 || r.epoch != 1 {
				t.Errorf("b/%d is %s with %d verdicts in epoch %d once its lane is mended, want done with the first", i, r.state, r.verdicts, r.epoch)
			}
		}
	})
}

// A queue judges what several ledgers hold, and each gets its own back, also where
// one more is broken in every way.
func TestQueueOfLanes(t *testing.T) {
	a, b := waiting(1), waiting(1)
	q := queue.Start(t.Context(), queue.Config{
		Ledger: queue.NewLanes(map[string]queue.Lane{"a": a, "b": b, "c": &lane{shut: true, mute: true}}), Slots: 4,
		Judge: func(_ context.Context, job queue.Job, _ func(queue.State, json.RawMessage)) ([]byte, bool, error) {
			return []byte(job.ID), true, nil
		},
	})
	defer q.Close()
	for name, l := range map[string]*lane{"a": a, "b": b} {
		in := q.In(name)
		events, cancel := in.Subscribe("0")
		defer cancel()
		in.Wake()
		for e := range events {
			if e.State == queue.Done {
				break
			}
		}
		if got, want := l.row("0").verdict, name+"/0"; got != want {
			t.Errorf("the lane %s got the verdict %q, want %q", name, got, want)
		}
	}
}

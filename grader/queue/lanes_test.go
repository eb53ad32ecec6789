package queue_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"manche/grader/queue"
)

// lane is the fake ledger as one of several. It may fail to hand anything out.
type lane struct {
	ledger
	shut bool
}

func (l *lane) Claimed(context.Context) (n int, err error) {
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

func TestALaneThatFailsHoldsNothing(t *testing.T) {
	a := waiting(3)
	l := queue.NewLanes(map[string]queue.Lane{"a": a, "b": &lane{shut: true}})
	if _, err := l.Claim(t.Context(), time.Now(), 4, time.Minute); !errors.Is(err, errBroken) {
		t.Errorf("claiming: %v, want the lane's error", err)
	}
	if n, _ := a.Claimed(t.Context()); n > 0 {
		t.Errorf("%d claims of the other lane are out, and nobody knows of them", n)
	}
}

// A queue judges what several ledgers hold, and each gets its own back.
func TestQueueOfLanes(t *testing.T) {
	a, b := waiting(1), waiting(1)
	q := queue.Start(t.Context(), queue.Config{
		Ledger: queue.NewLanes(map[string]queue.Lane{"a": a, "b": b}), Slots: 1,
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

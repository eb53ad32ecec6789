package queue_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"manche/grader/queue"
)

// row is a submission in the fake ledger.
type row struct {
	id       string
	state    queue.State // sent where it is claimed and has not begun
	epoch    int
	failures int
	readyAt  time.Time
	deadline time.Time
	verdict  string
	verdicts int // how often one was recorded
}

const sent queue.State = "sent"

func (r *row) claimed() bool { return r.state == sent || r.state.Begun() }

// ledger keeps rows in memory, first come first served. The real one is held
// against the same rules in its own package.
type ledger struct {
	mu      sync.Mutex
	rows    []*row
	broken  int // how many calls of Record are still to fail
	records int // calls of Record
}

var errBroken = errors.New("the ledger is broken")

func (l *ledger) accept(ids ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range ids {
		l.rows = append(l.rows, &row{id: id, state: queue.Queued})
	}
}

func (l *ledger) supersede(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.find(id).state = queue.Superseded
}

func (l *ledger) row(id string) row {
	l.mu.Lock()
	defer l.mu.Unlock()
	return *l.find(id)
}

func (l *ledger) find(id string) *row {
	return l.rows[slices.IndexFunc(l.rows, func(r *row) bool { return r.id == id })]
}

func (l *ledger) Claim(_ context.Context, now time.Time, window int, lease time.Duration) ([]queue.Job, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range l.rows {
		if r.claimed() {
			window--
		}
	}
	var jobs []queue.Job
	for _, r := range l.rows {
		if len(jobs) < window && r.state == queue.Queued && !r.readyAt.After(now) {
			r.state, r.deadline = sent, now.Add(lease)
			r.epoch++
			jobs = append(jobs, queue.Job{ID: r.id, Epoch: r.epoch})
		}
	}
	return jobs, nil
}

func (l *ledger) Release(_ context.Context, jobs []queue.Job) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, j := range jobs {
		if r := l.find(j.ID); r.claimed() && r.epoch == j.Epoch {
			r.state = queue.Queued
		}
	}
	return nil
}

func (l *ledger) Advance(_ context.Context, id string, epoch int, state queue.State, until time.Time) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.find(id)
	if !r.claimed() || r.epoch != epoch {
		return false, nil
	}
	r.state, r.deadline = state, until
	return true, nil
}

func (l *ledger) Requeue(_ context.Context, now time.Time) (changed []queue.Event, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range l.rows {
		if r.claimed() && r.deadline.Before(now) {
			changed = append(changed, r.fail(r.state != sent, now))
		}
	}
	return changed, nil
}

// fail sends a row back, or ends it.
func (r *row) fail(counts bool, now time.Time) queue.Event {
	r.state = queue.Queued
	if counts {
		r.failures++
		r.readyAt = now.Add(queue.RetryPause)
	}
	if r.failures >= queue.MaxFailures {
		r.state = queue.Error
	}
	return queue.Event{ID: r.id, Epoch: r.epoch, State: r.state}
}

func (l *ledger) Record(_ context.Context, now time.Time, outcomes []queue.Outcome) (changed []queue.Event, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.records++; l.broken > 0 {
		l.broken--
		return nil, errBroken
	}
	for _, o := range outcomes {
		switch r := l.find(o.ID); {
		case r.state.Final() || r.epoch != o.Epoch:
		case o.Err == "":
			r.state, r.verdict = queue.Done, string(o.Verdict)
			r.verdicts++
			changed = append(changed, queue.Event{ID: r.id, Epoch: r.epoch, State: r.state})
		case r.claimed():
			changed = append(changed, r.fail(true, now))
		}
	}
	return changed, nil
}

func (l *ledger) Standing(_ context.Context, ids []string) (all []queue.Event, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ahead := 0
	for _, r := range l.rows {
		e := queue.Event{ID: r.id, Epoch: r.epoch, State: r.state}
		if r.state == queue.Queued || r.state == sent {
			e.State, e.Place = queue.Queued, ahead
			ahead++
		}
		if slices.Contains(ids, r.id) {
			all = append(all, e)
		}
	}
	return all, nil
}

// names returns n ids.
func names(n int) (ids []string) {
	for i := range n {
		ids = append(ids, fmt.Sprintf("s%03d", i))
	}
	return ids
}

// taking judges for that long, and gives up when asked to.
func taking(d time.Duration) queue.Judge {
	return func(ctx context.Context, job queue.Job, report func(queue.State, json.RawMessage)) ([]byte, bool, error) {
		report(queue.Running, nil)
		select {
		case <-time.After(d):
			return []byte("verdict of " + job.ID), true, nil
		case <-ctx.Done():
			return nil, false, context.Cause(ctx)
		}
	}
}

// last reads events to the end.
func last(events <-chan queue.Event) (e queue.Event, n int) {
	for e = range events {
		n++
	}
	return e, n
}

// follow subscribes for the length of the test.
func follow(t *testing.T, q *queue.Queue, id string) <-chan queue.Event {
	t.Helper()
	events, cancel := q.Subscribe(id)
	t.Cleanup(cancel)
	return events
}

// wantDone holds that each submission has its verdict, recorded once.
func wantDone(t *testing.T, l *ledger, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if r := l.row(id); r.state != queue.Done || r.verdict != "verdict of "+id || r.verdicts != 1 {
			t.Errorf("got %+v, want one verdict", r)
		}
	}
}

package queue

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// Lane is a ledger that knows how many of its submissions are claimed.
type Lane interface {
	Ledger
	Claimed(ctx context.Context) (int, error)
}

// Lanes are several ledgers as one, by names without a slash: one queue, with its
// workers, judges what they all hold. Outside, a submission of the lane "a" is
// called "a/" and its own name, and so is its exercise. The lanes take turns; in
// each the order is that of its ledger, and a place in the queue counts within it.
// It is immutable, and as safe for concurrent use as its ledgers.
type Lanes struct {
	byName map[string]Lane
	names  []string
	turns  atomic.Uint64
}

var _ Ledger = (*Lanes)(nil)

// errNoLane tells that a submission is of none of the lanes.
var errNoLane = errors.New("a submission of no lane")

// NewLanes returns these ledgers, of which there must be one, as one.
func NewLanes(byName map[string]Lane) *Lanes {
	return &Lanes{byName: byName, names: slices.Sorted(maps.Keys(byName))}
}

// Below returns what a submission, or an exercise, of a lane is called outside.
func Below(lane, name string) string { return lane + "/" + name }

// Claim implements [Claimer]: what is free of the window is shared out, beginning
// with another lane each time, and what one does not need the others may have. A
// lane that fails is left out, and what it fails with stands beside what the others
// gave; where it cannot count its claims, the window is without them.
func (l *Lanes) Claim(ctx context.Context, now time.Time, window int, lease time.Duration) (jobs []Job, err error) {
	first := int(l.turns.Add(1) % uint64(len(l.names)))
	names := slices.Concat(l.names[first:], l.names[:first])
	for {
		more, broken, failed := l.claimRound(ctx, names, now, window, lease)
		jobs, err = append(jobs, more...), errors.Join(err, failed)
		names = slices.DeleteFunc(names, func(name string) bool { return slices.Contains(broken, name) })
		if len(more) == 0 && len(broken) == 0 {
			return jobs, err
		}
	}
}

// claimRound asks each lane once, for its share of what is free. It returns those
// that failed as well.
func (l *Lanes) claimRound(ctx context.Context, names []string, now time.Time, window int, lease time.Duration) (jobs []Job, broken []string, err error) {
	fails := func(name string, failed error) {
		broken, err = append(broken, name), errors.Join(err, fmt.Errorf("the lane %q: %w", name, failed))
	}
	free, out := window, make(map[string]int)
	for _, name := range names {
		n, failed := l.byName[name].Claimed(ctx)
		if failed != nil {
			fails(name, failed)
			continue
		}
		out[name] = n
		free -= n
	}
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(broken, name) })
	for k, name := range names {
		if free <= 0 {
			break
		}
		left := len(names) - k
		share := (free + left - 1) / left
		got, failed := l.byName[name].Claim(ctx, now, out[name]+share, lease)
		if failed != nil {
			fails(name, failed)
		}
		for _, job := range got {
			job.ID, job.Exercise = Below(name, job.ID), Below(name, job.Exercise)
			jobs = append(jobs, job)
		}
		free -= len(got)
	}
	return jobs, broken, err
}

// Release implements [Claimer].
func (l *Lanes) Release(ctx context.Context, jobs []Job) error {
	own := byLane(jobs, func(j *Job) *string { return &j.ID })
	return each(l, own, func(_ string, lane Lane, jobs []Job) error { return lane.Release(ctx, jobs) })
}

// Advance implements [Keeper].
func (l *Lanes) Advance(ctx context.Context, id string, epoch int, state State, until time.Time) (bool, error) {
	name, own, _ := strings.Cut(id, "/")
	lane, ok := l.byName[name]
	if !ok {
		return false, errNoLane
	}
	return lane.Advance(ctx, own, epoch, state, until)
}

// Requeue implements [Keeper].
func (l *Lanes) Requeue(ctx context.Context, now time.Time) (all []Event, err error) {
	for name, lane := range l.byName {
		changed, failed := lane.Requeue(ctx, now)
		all, err = append(all, outside(name, changed)...), errors.Join(err, failed)
	}
	return all, err
}

// Record implements [Recorder], lane by lane: where one fails, the others have kept
// their outcomes.
func (l *Lanes) Record(ctx context.Context, now time.Time, outcomes []Outcome) (all []Event, err error) {
	var left []Outcome
	own := byLane(outcomes, func(o *Outcome) *string { return &o.ID })
	err = each(l, own, func(name string, lane Lane, outcomes []Outcome) error {
		changed, err := lane.Record(ctx, now, outcomes)
		all = append(all, outside(name, changed)...)
		if err != nil {
			for _, o := range outcomes {
				o.ID = Below(name, o.ID)
				left = append(left, o)
			}
		}
		return err
	})
	if err != nil {
		err = &UnrecordedError{left, err}
	}
	return all, err
}

// Standing implements [Observer].
func (l *Lanes) Standing(ctx context.Context, ids []string) (all []Event, err error) {
	own := byLane(ids, func(id *string) *string { return id })
	err = each(l, own, func(name string, lane Lane, ids []string) error {
		standing, err := lane.Standing(ctx, ids)
		all = append(all, outside(name, standing)...)
		return err
	})
	return all, err
}

// byLane sorts things by the lanes of their ids, which become those inside.
func byLane[T any](all []T, id func(*T) *string) map[string][]T {
	own := make(map[string][]T)
	for _, one := range all {
		at := id(&one)
		name, inside, _ := strings.Cut(*at, "/")
		*at = inside
		own[name] = append(own[name], one)
	}
	return own
}

// each has every lane do its part, and joins what fails.
func each[T any](l *Lanes, own map[string][]T, do func(name string, lane Lane, part []T) error) error {
	var failed error
	for name, part := range own {
		lane, ok := l.byName[name]
		if !ok {
			failed = errors.Join(failed, errNoLane)
			continue
		}
		failed = errors.Join(failed, do(name, lane, part))
	}
	return failed
}

// outside gives events the ids that they have outside of their lane.
func outside(name string, events []Event) []Event {
	for i := range events {
		events[i].ID = Below(name, events[i].ID)
	}
	return events
}

// In returns a queue as one lane's submissions see it, by their own ids.
func (q *Queue) In(lane string) *InLane { return &InLane{q, lane} }

// InLane is a queue seen from one of its lanes.
type InLane struct {
	queue *Queue
	lane  string
}

// Wake is [Queue.Wake].
func (l *InLane) Wake() { l.queue.Wake() }

// Cancel is [Queue.Cancel].
func (l *InLane) Cancel(id string) { l.queue.Cancel(Below(l.lane, id)) }

// Subscribe is [Queue.Subscribe]; the events have the ids outside.
func (l *InLane) Subscribe(id string) (<-chan Event, func()) {
	return l.queue.Subscribe(Below(l.lane, id))
}

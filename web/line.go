package web

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// Bounds of the line in which programs wait to be run.
const (
	// maxWaiting is how many may wait: two classes that press the button at once.
	maxWaiting = 120
	// maxWaitingFrom is how many of these may come from one address, so that
	// nobody takes all the places.
	maxWaitingFrom = maxWaiting / 2
	// usualRun is what a run takes until some have shown it.
	usualRun = time.Second
	// maxRetry is the longest wait that a client is told, in seconds: lines move.
	maxRetry = 60
)

// errReplaced ends a run whose learner has begun another one.
var errReplaced = errors.New("the learner runs another program")

// line lets a bounded number of programs run at a time, and the others wait. It
// runs one program of a learner at a time: a newer one replaces it. Those who come
// take turns: who has many waiting gets a turn after everybody else has had one.
// It is safe for concurrent use; it has no goroutine.
type line struct {
	mu      sync.Mutex // guards what follows, and the tickets
	slots   int
	running []*ticket
	waiting []*ticket // in the order in which they came
	turn    int       // of the ticket that ran last
	usual   time.Duration
}

// newLine makes a line from which so many run at a time, at least one.
func newLine(slots int) *line { return &line{slots: max(1, slots), usual: usualRun} }

// visitor is who wants something run.
type visitor struct {
	learner string // the learner's key, or ""
	address string
}

// same reports whether two visitors take turns together: a learner is known by the
// key, and all those of one address who have none count as one.
func (v visitor) same(w visitor) bool {
	if v.learner != "" || w.learner != "" {
		return v.learner == w.learner
	}
	return v.address == w.address
}

// ticket is a place in the line. Whoever has one gives it back with leave.
type ticket struct {
	line  *line
	from  visitor
	turn  int
	stop  context.CancelCauseFunc // called when the learner begins another run
	begun time.Time
	left  bool
	ready chan struct{} // closed when it may run
	moved chan struct{} // has an element when its place may be another one
}

// enter takes a place in the line, or tells after how many seconds there may be
// one. What the same learner runs or wants run is stopped.
func (l *line) enter(from visitor, stop context.CancelCauseFunc) (*ticket, *problem) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.full(from) {
		return nil, busy(l.retry())
	}
	l.replace(from)
	t := &ticket{line: l, from: from, turn: l.turn + 1, stop: stop, ready: make(chan struct{}), moved: make(chan struct{}, 1)}
	for _, other := range slices.Concat(l.running, l.waiting) {
		if other.from.same(from) {
			t.turn++
		}
	}
	l.waiting = append(l.waiting, t)
	l.admit()
	return t, nil
}

// mine reports whether a ticket is of the same learner.
func (v visitor) mine(t *ticket) bool { return v.learner != "" && t.from.learner == v.learner }

// replace stops what a learner has in the line. A place that only waited is free
// at once. The caller holds the lock.
func (l *line) replace(from visitor) {
	for _, t := range slices.Concat(l.running, l.waiting) {
		if from.mine(t) {
			t.stop(errReplaced)
		}
	}
	l.waiting = slices.DeleteFunc(l.waiting, from.mine)
}

// full reports whether one more may not wait, besides what it replaces. The caller
// holds the lock.
func (l *line) full(from visitor) bool {
	all, near := 0, 0
	for _, t := range l.waiting {
		if from.mine(t) {
			continue
		}
		if all++; t.from.address == from.address {
			near++
		}
	}
	return all >= maxWaiting || near >= maxWaitingFrom
}

// retry is after how many seconds half of those who wait will have run, by what
// runs have taken of late. The caller holds the lock.
func (l *line) retry() int {
	half := time.Duration(len(l.waiting)) * l.usual / time.Duration(2*l.slots)
	return min(seconds(half), maxRetry)
}

// admit lets those run whose turn it is, and tells the others that they have moved.
// The caller holds the lock.
func (l *line) admit() {
	for len(l.running) < l.slots && len(l.waiting) > 0 {
		t := slices.MinFunc(l.waiting, byTurn) // the first of equals
		l.waiting = slices.DeleteFunc(l.waiting, func(other *ticket) bool { return other == t })
		l.running = append(l.running, t)
		l.turn, t.begun = t.turn, time.Now()
		close(t.ready)
	}
	for _, t := range l.waiting {
		select {
		case t.moved <- struct{}{}:
		default:
		}
	}
}

func byTurn(a, b *ticket) int { return a.turn - b.turn }

// leave gives the place back. It may be called twice.
func (t *ticket) leave() {
	l := t.line
	l.mu.Lock()
	defer l.mu.Unlock()
	if t.left {
		return
	}
	t.left = true
	me := func(other *ticket) bool { return other == t }
	if slices.ContainsFunc(l.running, me) {
		l.usual += (time.Since(t.begun) - l.usual) / 8
	}
	l.running, l.waiting = slices.DeleteFunc(l.running, me), slices.DeleteFunc(l.waiting, me)
	l.admit()
}

// begins reports whether it is or was this one's turn.
func (t *ticket) begins() bool {
	select {
	case <-t.ready:
		return true
	default:
		return false
	}
}

// after is after how many seconds it is worth to come again.
func (l *line) after() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.retry()
}

// place is how many run before this one that wait as well.
func (t *ticket) place() int {
	l := t.line
	l.mu.Lock()
	defer l.mu.Unlock()
	n, before := 0, true
	for _, other := range l.waiting {
		if other == t {
			before = false
			continue
		}
		if other.turn < t.turn || before && other.turn == t.turn {
			n++
		}
	}
	return n
}

// wait returns when the program may run, or why it never will. It tells of the
// place at first, and whenever that may have changed.
func (t *ticket) wait(ctx context.Context, tell func(place int)) error {
	for {
		select {
		case <-t.ready:
			return context.Cause(ctx)
		default:
			tell(t.place())
		}
		select {
		case <-t.ready:
		case <-t.moved:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

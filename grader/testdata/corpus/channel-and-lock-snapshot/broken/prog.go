package corpus

import (
	"context"
	"maps"
	"sync"
)

// Tally counts votes.
type Tally struct {
	mu    sync.Mutex
	votes map[string]int
}

// NewTally returns a tally without votes.
func NewTally() *Tally {
	return &Tally{votes: make(map[string]int)}
}

// Vote counts one vote.
func (t *Tally) Vote(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.votes[name]++
}

// Snapshot copies all counts. Copying takes a while, so the caller may give up
// waiting for it.
func (t *Tally) Snapshot(ctx context.Context) (map[string]int, error) {
	copied := make(chan map[string]int)
	go func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		copied <- maps.Clone(t.votes)
	}()
	select {
	case votes := <-copied:
		return votes, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Total is the number of votes.
func (t *Tally) Total() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	sum := 0
	for _, n := range t.votes {
		sum += n
	}
	return sum
}

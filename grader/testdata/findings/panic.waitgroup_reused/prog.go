package prog

import "sync"

// Rounds lets workers go round by round.
type Rounds struct{ wg sync.WaitGroup }

// Begin begins a round of one.
func (r *Rounds) Begin() { r.wg.Add(1) }

// Next ends a round and begins the next.
func (r *Rounds) Next() {
	r.wg.Done()
	r.Begin()
}

// Wait waits for the end of the round.
func (r *Rounds) Wait() { r.wg.Wait() }

package corpus

import "sync"

// Ballot counts votes in rounds. Any number of goroutines may await a result;
// a round begins when the votes of the last one are in.
type Ballot struct {
	mu      sync.Mutex
	pending sync.WaitGroup
	round   int
	yes     map[int]int // round -> votes in favour
}

// NewBallot returns a ballot without any round.
func NewBallot() *Ballot { return &Ballot{yes: make(map[int]int)} }

// Begin opens a round in which so many votes are expected.
func (b *Ballot) Begin(votes int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.round++
	b.pending.Add(votes)
}

// Vote gives one vote in the open round.
func (b *Ballot) Vote(yes bool) {
	b.mu.Lock()
	if yes {
		b.yes[b.round]++
	}
	pending := &b.pending
	b.mu.Unlock()
	pending.Done()
}

// Result waits until the open round is complete and returns its number and the
// votes in favour.
func (b *Ballot) Result() (round, yes int) {
	b.mu.Lock()
	round = b.round
	pending := &b.pending
	b.mu.Unlock()
	pending.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	return round, b.yes[round]
}

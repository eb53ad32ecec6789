package corpus

import "sync"

// Voter says yes or no when asked.
type Voter func() bool

// Ballot counts votes in rounds. Rounds are held one after the other; any number
// of goroutines may look at the results meanwhile.
type Ballot struct {
	mu      sync.Mutex
	pending sync.WaitGroup
	round   int
	yes     map[int]int // round -> votes in favour
}

// NewBallot returns a ballot without any round.
func NewBallot() *Ballot {
	return &Ballot{yes: make(map[int]int)}
}

// Hold asks all voters side by side in a new round, and returns its number.
func (b *Ballot) Hold(voters ...Voter) int {
	round := b.begin(len(voters))
	var asked sync.WaitGroup
	for _, voter := range voters {
		asked.Go(func() { b.vote(voter()) })
	}
	asked.Wait()
	return round
}

func (b *Ballot) begin(votes int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.round++
	b.pending.Add(votes)
	return b.round
}

func (b *Ballot) vote(yes bool) {
	b.mu.Lock()
	if yes {
		b.yes[b.round]++
	}
	pending := &b.pending
	b.mu.Unlock()
	pending.Done()
}

// Result returns the number of the latest round and its votes in favour, as soon
// as all of them are in.
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

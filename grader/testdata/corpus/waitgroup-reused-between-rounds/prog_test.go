package corpus

import (
	"sync"
	"testing"
)

func TestRounds(t *testing.T) {
	const rounds, voters = 6, 3
	b := NewBallot()
	var observers sync.WaitGroup
	for range rounds {
		b.Begin(voters)
		observers.Go(func() {
			if round, yes := b.Result(); yes != voters-1 {
				t.Errorf("round %d: %d votes in favour, want %d", round, yes, voters-1)
			}
		})
		var voting sync.WaitGroup
		for v := range voters {
			voting.Go(func() { b.Vote(v != 0) })
		}
		voting.Wait()
	}
	observers.Wait()
}

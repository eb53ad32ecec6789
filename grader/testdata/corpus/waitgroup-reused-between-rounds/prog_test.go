package corpus

import (
	"sync"
	"testing"
)

func TestResultsWhileRoundsAreHeld(t *testing.T) {
	b := NewBallot()
	var observers sync.WaitGroup
	observe := func() {
		if round, yes := b.Result(); yes != 2 {
			t.Errorf("round %d: %d votes in favour, want 2", round, yes)
		}
	}
	yes, no := func() bool { return true }, func() bool { return false }
	for want := 1; want <= 6; want++ {
		first := func() bool {
			observers.Go(observe)
			return true
		}
		if got := b.Hold(first, yes, no); got != want {
			t.Errorf("round %d, want %d", got, want)
		}
	}
	observers.Wait()
}

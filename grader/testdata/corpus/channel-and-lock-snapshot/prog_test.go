package corpus

import (
	"context"
	"errors"
	"sync"
	"testing"
)

func TestVotesGoOnDuringSnapshots(t *testing.T) {
	tally := NewTally()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 3 {
			votes, err := tally.Snapshot(ctx)
			if errors.Is(err, context.Canceled) {
				return
			}
			if len(votes) > 2 {
				t.Errorf("votes for %d names", len(votes))
			}
		}
	})
	for _, name := range []string{"yes", "no", "yes", "yes"} {
		tally.Vote(name)
	}
	cancel()
	wg.Wait()
	if n := tally.Total(); n != 4 {
		t.Errorf("%d votes, want 4", n)
	}
}

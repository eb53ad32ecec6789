package corpus

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
)

func TestOfferNeverWaits(t *testing.T) {
	for range 4 {
		a := NewAdmission(3)
		var refused atomic.Int64
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				if err := a.Offer(Job{"mail", 2}); errors.Is(err, ErrBusy) {
					refused.Add(1)
				}
			})
		}
		wg.Wait()
		jobs, cost := a.Drain()
		if len(jobs) != 3 || cost != 6 || refused.Load() != 2 {
			t.Errorf("%d jobs that cost %d, %d refused, want 3, 6 and 2", len(jobs), cost, refused.Load())
		}
	}
}

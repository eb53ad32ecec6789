package corpus

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestBurst(t *testing.T) {
	start := time.Date(2024, 5, 1, 8, 0, 0, 0, time.UTC)
	l := NewLimiter(10, 6, func() time.Time { return start })
	var passed atomic.Int64
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for range 4 {
				if l.Allow() {
					passed.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if passed.Load() != 6 || l.Denied() != 6 {
		t.Errorf("%d passed, %d denied, want 6 and 6", passed.Load(), l.Denied())
	}
}

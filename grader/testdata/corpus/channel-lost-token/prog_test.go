package corpus

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
)

func TestGateAfterCancelledCalls(t *testing.T) {
	gate := NewGate(2)
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { gate.Do(ctx, func() {}) })
	}
	cancel()
	wg.Wait()

	var ran atomic.Int64
	for range 4 {
		wg.Go(func() {
			if err := gate.Do(context.Background(), func() { ran.Add(1) }); err != nil {
				t.Errorf("Do: %v", err)
			}
		})
	}
	wg.Wait()
	if ran.Load() != 4 {
		t.Errorf("%d of 4 calls ran", ran.Load())
	}
}

package corpus

import (
	"sync"
	"testing"
	"time"
)

func TestNoMeasurementIsLost(t *testing.T) {
	var l Latency
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for range 5 {
				l.Observe(2 * time.Millisecond)
			}
		})
	}
	total := 0
	for range 5 {
		w := l.Rotate()
		total += w.Count
		if w.Count > 0 && w.Mean() != 2*time.Millisecond {
			t.Errorf("mean %v of %+v", w.Mean(), w)
		}
	}
	wg.Wait()
	total += l.Rotate().Count
	if total != 15 {
		t.Errorf("%d measurements, want 15", total)
	}
}

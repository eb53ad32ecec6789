package greenhouse

import (
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// pass lets d of virtual time pass, and whatever happens then.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func TestMeasuresAtEachInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var times []time.Duration
		stop := Watch(time.Minute, func() { times = append(times, time.Since(start)) })
		pass(3*time.Minute + 30*time.Second)
		stop()
		pass(time.Second) // before the next one is due
		if len(times) != 3 || times[0] != time.Minute || times[2] != 3*time.Minute {
			t.Errorf("every 1m, for 3m30s: measured at %v, want [1m0s 2m0s 3m0s]", times)
		}
	})
}

// The next measure is not due for an hour.
func TestEndsWithoutTheNextTick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stop := Watch(time.Hour, func() {})
		pass(90 * time.Minute)
		stop()
		synctest.Wait()
	})
}

func TestMeasuresNoMoreOnceStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var measured atomic.Int64
		stop := Watch(time.Minute, func() { measured.Add(1) })
		pass(90 * time.Second)
		stop()
		pass(time.Hour)
		if got := measured.Load(); got != 1 {
			t.Errorf("every 1m, stopped after 1m30s: measured %d times in 1h, want once", got)
		}
	})
}

func TestFinishesTheMeasureInHand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var measured atomic.Int64
		stop := Watch(time.Minute, func() {
			<-time.After(20 * time.Second)
			measured.Add(1)
		})
		pass(70 * time.Second) // in the middle of the first
		stop()
		pass(20 * time.Second)
		if got := measured.Load(); got != 1 {
			t.Errorf("stopped during the first measure: %d measures have ended, want 1", got)
		}
	})
}

func TestStopsOnceForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stop := Watch(time.Minute, func() {})
		pass(90 * time.Second)
		stop()
		stop()
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(stop)
		}
		wg.Wait()
	})
}

// In real time, so that the race detector sees accesses that nothing orders.
func TestWatchesManyAtOnce(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			measured := make(chan struct{}, 1)
			stop := Watch(time.Millisecond, func() {
				select {
				case measured <- struct{}{}:
				default:
				}
			})
			select {
			case <-measured:
			case <-time.After(250 * time.Millisecond): // no measure: others check that
			}
			stop()
		})
	}
	wg.Wait()
}

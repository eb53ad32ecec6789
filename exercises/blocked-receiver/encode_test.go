package podcast

import (
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// named makes n shows: "0", "1", …
func named(n int) []string {
	shows := make([]string, n)
	for i := range shows {
		shows[i] = strconv.Itoa(i)
	}
	return shows
}

// pass lets d of virtual time pass.
func pass(d time.Duration) { <-time.After(d) }

// count counts the calls of encode for each of n shows, once they have ended.
type count []atomic.Int64

// encode is a function to encode with that lets others go first.
func (c count) encode(show string) {
	runtime.Gosched()
	i, _ := strconv.Atoi(show)
	c[i].Add(1)
}

// check reports the first show that was not encoded once.
func (c count) check(t *testing.T) {
	t.Helper()
	for i := range c {
		if got := c[i].Load(); got != 1 {
			t.Errorf("when EncodeAll returned, show %d of %d had been encoded %d times, want once", i+1, len(c), got)
			return
		}
	}
}

func TestWaitsForEachShow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer pass(time.Hour) // for whatever EncodeAll left running
		encoded := make(count, 5)
		EncodeAll(2, named(5), func(show string) {
			pass(time.Second)
			encoded.encode(show)
		})
		encoded.check(t)
	})
}

func TestThreeAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer pass(time.Hour)
		var running, most atomic.Int64
		start := time.Now()
		EncodeAll(3, named(12), func(string) {
			running.Add(1)
			pass(time.Second / 2)
			if now := running.Load(); now > most.Load() { // all have begun, none has ended
				most.Store(now)
			}
			pass(time.Second / 2)
			running.Add(-1)
		})
		if got := most.Load(); got > 3 {
			t.Errorf("n = 3, 12 shows: %d calls at once, want 3", got)
		}
		if took := time.Since(start); took > 4*time.Second {
			t.Errorf("n = 3, 12 × 1s: %v, want 4s", took)
		}
	})
}

func TestMoreWorkersThanShows(t *testing.T) {
	for shows := range 3 {
		encoded := make(count, shows)
		EncodeAll(4, named(shows), encoded.encode)
		encoded.check(t)
	}
}

// In real time, so that the garbage collector can prove a leak.
func TestLeavesNothingBehind(t *testing.T) {
	encoded := make(count, 5)
	EncodeAll(3, named(5), encoded.encode)
	encoded.check(t)
}

// In real time, so that the race detector sees accesses that nothing orders.
func TestServesManyAtOnce(t *testing.T) {
	const callers, shows = 4, 16
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			encoded := make(count, shows)
			EncodeAll(3, named(shows), encoded.encode)
			encoded.check(t)
		})
	}
	wg.Wait()
}

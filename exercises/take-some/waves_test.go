package waves

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// buoy returns a function to read with: 1, 2, 3, … without end, each after d of
// virtual time.
func buoy(d time.Duration) func() int {
	height := 0
	return func() int {
		pass(d)
		height++
		return height
	}
}

// pass lets d of virtual time pass.
func pass(d time.Duration) {
	if d > 0 {
		<-time.After(d)
	}
}

func even(height int) bool { return height%2 == 0 }

func all(int) bool { return true }

func TestChoosesInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got := First(3, buoy(time.Second), even)
		if want := []int{2, 4, 6}; !slices.Equal(got, want) {
			t.Errorf("First(3, 1 2 3 …, even) = %v, want %v", got, want)
		}
		pass(time.Hour) // for the stages to hear of it
	})
}

func TestReadsWhileItChooses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const k = 10
		start := time.Now()
		First(k, buoy(time.Second), func(int) bool {
			pass(time.Second)
			return true
		})
		if took := time.Since(start); took > (k+1)*time.Second {
			t.Errorf("%d × (1s + 1s): %v, want 11s", k, took)
		}
		pass(time.Hour)
	})
}

// After the last height that is needed, the next one takes an hour.
func TestReturnsWithTheLastHeight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const k = 3
		read := buoy(time.Second)
		calm := buoy(time.Hour)
		calls := 0
		start := time.Now()
		First(k, func() int {
			if calls++; calls > k {
				return calm()
			}
			return read()
		}, all)
		if took := time.Since(start); took > k*time.Second {
			t.Errorf("the third height comes after 3s, the fourth after 1h: First(3) took %v, want 3s", took)
		}
		pass(10_000 * time.Hour)
	})
}

// When the last height is chosen, the stage already waits for the next. Whether a
// select then sends or leaves is chance: 32 times are enough for both.
func TestEveryStageLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for range 32 {
			First(2, buoy(time.Second), all)
		}
		pass(time.Hour)
	})
}

// In real time, so that the garbage collector can prove a leak. The buoy is faster
// than any buffer is large.
func TestLeavesNothingBehind(t *testing.T) {
	if got, want := First(3, buoy(0), all), []int{1, 2, 3}; !slices.Equal(got, want) {
		t.Errorf("First(3, 1 2 3 …, all) = %v, want %v", got, want)
	}
}

// In real time, so that the race detector sees accesses that nothing orders.
func TestServesManyAtOnce(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got, want := First(4, buoy(0), even), []int{2, 4, 6, 8}; !slices.Equal(got, want) {
				t.Errorf("First(4, 1 2 3 …, even) = %v, want %v", got, want)
			}
		})
	}
	wg.Wait()
}

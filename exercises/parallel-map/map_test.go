package parallel

import (
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// count returns 0, 1, … n-1.
func count(n int) []int {
	in := make([]int, n)
	for i := range in {
		in[i] = i
	}
	return in
}

// square lets others go first, as a function that takes its time would.
func square(n int) int {
	runtime.Gosched()
	return n * n
}

// pass lets d of virtual time pass.
func pass(d time.Duration) { <-time.After(d) }

func TestMapsEachElement(t *testing.T) {
	in := []int{3, 1, 4, 1, 5, 9, 2, 6}
	got := Map(in, strconv.Itoa)
	if want := []string{"3", "1", "4", "1", "5", "9", "2", "6"}; !slices.Equal(got, want) {
		t.Errorf("Map(%v, strconv.Itoa) = %q, want %q", in, got, want)
	}
	if want := []int{3, 1, 4, 1, 5, 9, 2, 6}; !slices.Equal(in, want) {
		t.Errorf("after Map, in is %v, want %v", in, want)
	}
	if got := Map(nil, strconv.Itoa); len(got) != 0 {
		t.Errorf("Map(nil, strconv.Itoa) = %q, want no elements", got)
	}
}

// The first element takes longest, so the results come in reverse.
func TestKeepsTheOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer pass(time.Hour) // for whatever Map left running
		const n = 8
		got := Map(count(n), func(i int) int {
			pass(time.Duration(n-i) * time.Second)
			return i
		})
		if want := count(n); !slices.Equal(got, want) {
			t.Errorf("the first call takes longest: Map gave %v, want %v", got, want)
		}
	})
}

func TestOverlaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer pass(time.Hour) // for whatever Map left running
		const calls = 10
		start := time.Now()
		Map(count(calls), func(int) int {
			pass(time.Second)
			return 0
		})
		if took := time.Since(start); took > time.Second {
			t.Errorf("%d × 1s: %v, want 1s", calls, took)
		}
	})
}

// In real time, so that the race detector sees accesses that nothing orders.
func TestServesManyAtOnce(t *testing.T) {
	const callers, n = 4, 32
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			got := Map(count(n), square)
			if len(got) != n {
				t.Errorf("Map of %d elements gave %d", n, len(got))
				return
			}
			for i := range n {
				if got[i] != i*i {
					t.Errorf("in[%d] = %[1]d, f squares: out[%[1]d] = %d, want %d", i, got[i], i*i)
					return
				}
			}
		})
	}
	wg.Wait()
}

package ordered

import (
	"context"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// pass lets d of virtual time pass.
func pass(d time.Duration) { <-time.After(d) }

// count is an input that is closed and still holds 0, 1, … n-1.
func count(n int) <-chan int {
	in := make(chan int, n)
	for v := range n {
		in <- v
	}
	close(in)
	return in
}

// upTo returns 0, 1, … n-1.
func upTo(n int) []int { return collect(count(n)) }

// collect receives until the channel is closed.
func collect[V any](out <-chan V) []V {
	var got []V
	for v := range out {
		got = append(got, v)
	}
	return got
}

// same takes no time.
func same(v int) int { return v }

// wantNext receives one value, if it comes within a minute of virtual time.
func wantNext(t *testing.T, out <-chan int, want int) {
	t.Helper()
	select {
	case got := <-out:
		if got != want {
			t.Errorf("got %d, want %d next", got, want)
		}
	case <-time.After(time.Minute):
		t.Errorf("the input is open: %d did not come within a minute", want)
	}
}

// source sends 0, 1, … as long as they are taken, and counts them. It stops far
// beyond what anybody may take, and when ctx ends.
func source(ctx context.Context, taken *atomic.Int64) <-chan int {
	in := make(chan int)
	go func() {
		for v := range 500 {
			select {
			case in <- v:
				taken.Add(1)
			case <-ctx.Done():
				return
			}
		}
	}()
	return in
}

func TestMapsEachValue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		got := collect(Map(ctx, 2, count(5), strconv.Itoa))
		if want := []string{"0", "1", "2", "3", "4"}; !slices.Equal(got, want) {
			t.Errorf("Map(n = 2, 0 to 4, strconv.Itoa) sent %q, want %q", got, want)
		}
		if got := collect(Map(ctx, 2, count(0), same)); len(got) > 0 {
			t.Errorf("the input is closed and empty: got %v, want nothing", got)
		}
	})
}

// The first values take longest, so that each is ready after those behind it.
func TestKeepsTheOrder(t *testing.T) {
	for _, n := range []int{1, 3, 8} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			const values = 16
			got := collect(Map(ctx, n, count(values), func(v int) int {
				pass(time.Duration(values-v) * time.Second)
				return v
			}))
			if want := upTo(values); !slices.Equal(got, want) {
				t.Errorf("n = %d, the first values take longest: got %v, want %v", n, got, want)
			}
		})
	}
}

func TestOverlaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		start := time.Now()
		collect(Map(ctx, 5, count(10), func(v int) int {
			pass(time.Second)
			return v
		}))
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("n = 5, 10 × 1s: %v, want 2s", took)
		}
	})
}

// The first two results are received after a second, and make room for two more.
func TestStartsTheNextAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		takes := []time.Duration{1, 1, 3, 3, 1, 1}
		start := time.Now()
		collect(Map(ctx, 3, count(len(takes)), func(v int) int {
			pass(takes[v] * time.Second)
			return v
		}))
		if took := time.Since(start); took > 4*time.Second {
			t.Errorf("n = 3, 1s + 1s + 3s + 3s + 1s + 1s: %v, want 4s", took)
		}
	})
}

// There is room for more than n values, but not for more than n calls.
func TestNeverMoreThanN(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var calls, most atomic.Int64
		collect(Map(ctx, 3, count(20), func(v int) int {
			n := calls.Add(1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			pass(time.Duration(1+v%4) * time.Second)
			calls.Add(-1)
			return v
		}))
		if got := most.Load(); got > 3 {
			t.Errorf("n = 3, 20 values: %d calls at once, want at most 3", got)
		}
	})
}

// Nobody receives.
func TestWaitsForTheReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var taken atomic.Int64
		Map(ctx, 4, source(ctx, &taken), same)
		synctest.Wait()
		if got := taken.Load(); got > 12 {
			t.Errorf("n = 4, nobody receives: %d values taken, want at most 12", got)
		}
		cancel()
		synctest.Wait()
	})
}

// Everybody receives, but the first result does not come.
func TestWaitsForTheSlowest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var taken atomic.Int64
		gate := make(chan struct{})
		out := Map(ctx, 4, source(ctx, &taken), func(v int) int {
			if v == 0 {
				<-gate
			}
			return v
		})
		go func() {
			for ctx.Err() == nil {
				select {
				case <-out:
				case <-ctx.Done():
				}
			}
		}()
		synctest.Wait()
		if got := taken.Load(); got > 12 {
			t.Errorf("n = 4, the first call goes on and on: %d values taken, want at most 12", got)
		}
		cancel()
		close(gate)
		synctest.Wait()
	})
}

// The input stays open and silent, and there is no reader any more.
func TestLeavesASilentInput(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		in := make(chan int, 1)
		in <- 7
		out := Map(ctx, 2, in, same)
		wantNext(t, out, 7)
		cancel()
		synctest.Wait()
	})
}

// Calls are running when the context ends. What still comes is in order.
func TestClosesWhenCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer pass(time.Minute) // for the calls that are running
		ctx, cancel := context.WithCancel(t.Context())
		var taken atomic.Int64
		out := Map(ctx, 3, source(ctx, &taken), func(v int) int {
			pass(time.Second)
			return v
		})
		for want := range 4 {
			wantNext(t, out, want)
		}
		cancel()
		late := make(chan []int, 1)
		go func() { late <- collect(out) }()
		select {
		case got := <-late:
			if !slices.IsSorted(got) || len(got) > 0 && got[0] < 4 {
				t.Errorf("ctx ended after the results 0 to 3: then came %v, not in order", got)
			}
		case <-time.After(time.Minute):
			t.Error("ctx ended, the calls take 1s: a minute later the output is still open")
		}
	})
}

// In real time, so that the race detector sees accesses that nothing orders.
func TestServesManyAtOnce(t *testing.T) {
	const callers, values = 4, 64
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			got := collect(Map(ctx, 8, count(values), func(v int) int {
				runtime.Gosched() // so that others overtake
				return v
			}))
			if !slices.Equal(got, upTo(values)) {
				t.Errorf("n = 8, %d values: got %v, want them all in order", values, got)
			}
		})
	}
	wg.Wait()
}

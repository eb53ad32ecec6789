package mailing

import (
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

// addresses returns so many addresses, each different.
func addresses(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = "reader-" + strconv.Itoa(i)
	}
	return list
}

// letters counts the letters that each address got. Safe for concurrent use.
type letters struct {
	mu  sync.Mutex
	got map[string]int
}

func (l *letters) send(address string) {
	runtime.Gosched() // so that others overtake
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.got == nil {
		l.got = make(map[string]int)
	}
	l.got[address]++
}

// wantOneEach reports the first address that did not get exactly one letter.
func (l *letters) wantOneEach(t *testing.T, to []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, address := range to {
		if n := l.got[address]; n != 1 {
			t.Errorf("%s got %d letters, want 1", address, n)
			return
		}
	}
}

func TestSendsEachOnce(t *testing.T) {
	for _, workers := range []int{1, 3, 50} {
		var l letters
		to := addresses(20)
		SendAll(workers, to, l.send)
		l.wantOneEach(t, to)
		if !slices.Equal(to, addresses(20)) {
			t.Error("SendAll changed the addresses")
		}
	}
	SendAll(3, nil, func(address string) { t.Errorf("no addresses, and yet a letter went to %q", address) })
}

// An address is told from another by its place in the list, not by its name.
func TestSendsTwiceToWhoIsThereTwice(t *testing.T) {
	var sent atomic.Int64
	SendAll(2, []string{"ada", "bob", "ada"}, func(string) { sent.Add(1) })
	if got := sent.Load(); got != 3 {
		t.Errorf("3 addresses, two of them equal: %d letters, want 3", got)
	}
}

func TestTenByThrees(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer pass(time.Hour) // for whatever SendAll left running
		var sent atomic.Int64
		start := time.Now()
		SendAll(3, addresses(10), func(string) {
			sent.Add(1)
			pass(time.Second)
		})
		// Too many letters take too long as well: that is another check's.
		if took := time.Since(start); sent.Load() == 10 && took > 4*time.Second {
			t.Errorf("workers = 3, 10 × 1s: %v, want 4s", took)
		}
	})
}

// In whatever order the letters go, while one is left no worker is free: the
// whole takes a third of the 20s and two thirds of the longest one, at most.
func TestNoWorkerStaysIdle(t *testing.T) {
	for _, slow := range []func(i int) bool{
		func(i int) bool { return i < 4 },    // all in the first part
		func(i int) bool { return i%3 == 0 }, // all in the same worker's turn
	} {
		synctest.Test(t, func(t *testing.T) {
			defer pass(time.Hour)
			to := addresses(12)
			var sent atomic.Int64
			start := time.Now()
			SendAll(3, to, func(address string) {
				sent.Add(1)
				if slow(slices.Index(to, address)) {
					pass(2 * time.Second)
				}
				pass(time.Second)
			})
			if took := time.Since(start); sent.Load() == 12 && took > 8*time.Second {
				t.Errorf("workers = 3, 4 × 3s + 8 × 1s: %v, want 8s", took)
			}
		})
	}
}

func TestNeverMoreThanWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer pass(time.Hour)
		var now, most atomic.Int64
		SendAll(3, addresses(12), func(string) {
			n := now.Add(1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			pass(time.Second)
			now.Add(-1)
		})
		if got := most.Load(); got > 3 {
			t.Errorf("workers = 3, 12 addresses: %d letters on their way at once, want at most 3", got)
		}
	})
}

func TestReturnsAfterTheLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer pass(time.Hour)
		var ended atomic.Int64
		SendAll(4, addresses(6), func(string) {
			pass(time.Second)
			ended.Add(1)
		})
		if got := ended.Load(); got < 6 {
			t.Errorf("SendAll returned when %d of 6 letters had been sent", got)
		}
	})
}

// In real time, so that the race detector sees accesses that nothing orders.
func TestServesManyAtOnce(t *testing.T) {
	const callers, workers, count = 4, 8, 64
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			var l letters
			to := addresses(count)
			SendAll(workers, to, l.send)
			l.wantOneEach(t, to)
		})
	}
	wg.Wait()
}

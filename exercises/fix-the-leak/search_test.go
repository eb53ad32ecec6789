package search

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// takes is a lookup that needs d of virtual time for its answer.
func takes(d time.Duration, answer int) func() int {
	return func() int {
		<-time.After(d)
		return answer
	}
}

func TestReturnsTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		got, err := Search(time.Minute, takes(time.Second, 42))
		if got != 42 || err != nil {
			t.Errorf("Search(1m, answer 42 after 1s) = %d, %v, want 42, nil", got, err)
		}
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("the answer came after 1s, Search returned it after %v", took)
		}
	})
}

func TestGivesUpAtTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if ErrTimeout == nil {
			t.Fatal("ErrTimeout is nil: nobody could tell it from success")
		}
		start := time.Now()
		got, err := Search(time.Second, takes(time.Hour, 42))
		if got != 0 || !errors.Is(err, ErrTimeout) {
			t.Errorf("Search(1s, answer after 1h) = %d, %v, want 0, ErrTimeout", got, err)
		}
		if took := time.Since(start); took != time.Second {
			t.Errorf("the limit is 1s, Search returned after %v", took)
		}
		<-time.After(2 * time.Hour) // lookup has ended by then,
		synctest.Wait()             // and so must have everything else
	})
}

// In real time, so that the garbage collector can prove a leak.
func TestLeavesNothingBehind(t *testing.T) {
	gate, ended := make(chan struct{}), make(chan struct{})
	open := sync.OnceFunc(func() { close(gate) })
	// A Search that waits for lookup would never open the gate itself.
	giveUp := time.AfterFunc(250*time.Millisecond, open)
	defer giveUp.Stop()

	Search(time.Millisecond, func() int {
		defer close(ended)
		<-gate
		return 42
	})
	open()
	<-ended
}

func TestKeepsInstantAnswers(t *testing.T) {
	const callers, calls = 8, 16
	synctest.Test(t, func(t *testing.T) {
		var wg sync.WaitGroup
		for range callers {
			wg.Go(func() {
				for range calls {
					got, err := Search(time.Second, func() int { return 7 })
					if got != 7 || err != nil {
						t.Errorf("Search(1s, answer 7 at once) = %d, %v, want 7, nil", got, err)
						return
					}
				}
			})
		}
		wg.Wait()
	})
}

// In real time, so that the race detector sees accesses that nothing orders. An
// answer that comes too late on a busy machine is no fault; another caller's is.
func TestServesManyAtOnce(t *testing.T) {
	const callers = 16
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			got, err := Search(500*time.Millisecond, func() int { return i })
			if err == nil && got != i || err != nil && !errors.Is(err, ErrTimeout) {
				t.Errorf("Search(500ms, answer %d at once) = %d, %v, want %[1]d, nil", i, got, err)
			}
		})
	}
	wg.Wait()
}

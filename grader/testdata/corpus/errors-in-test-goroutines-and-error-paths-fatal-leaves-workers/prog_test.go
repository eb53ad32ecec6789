package corpus

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

// recorder stands in for a test and remembers whether it failed.
type recorder struct{ failed bool }

func (r *recorder) Helper()             {}
func (r *recorder) Logf(string, ...any) {}
func (r *recorder) FailNow() {
	r.failed = true
	runtime.Goexit()
}

func TestHammerMakesAllCalls(t *testing.T) {
	var calls atomic.Int64
	Hammer(t, 3, 5, func(int, int) error {
		calls.Add(1)
		return nil
	})
	if calls.Load() != 15 {
		t.Errorf("%d calls, want 15", calls.Load())
	}
}

func TestHammerFails(t *testing.T) {
	var r recorder
	var wg sync.WaitGroup
	wg.Go(func() {
		Hammer(&r, 4, 3, func(_, call int) error {
			if call == 2 {
				return errors.New("no")
			}
			return nil
		})
		t.Error("Hammer returned after a failure")
	})
	wg.Wait()
	if !r.failed {
		t.Error("the test did not fail")
	}
}

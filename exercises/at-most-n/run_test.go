package limit

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errTask = errors.New("the task failed")

// pass lets d of virtual time pass.
func pass(d time.Duration) { <-time.After(d) }

// taking makes one task for each duration, which takes so long and succeeds.
func taking(each ...time.Duration) []func() error {
	tasks := make([]func() error, len(each))
	for i, d := range each {
		tasks[i] = func() error {
			pass(d)
			return nil
		}
	}
	return tasks
}

// ten makes ten tasks of a second each.
func ten() []func() error { return taking(slices.Repeat([]time.Duration{time.Second}, 10)...) }

// failing is a task that others overtake, and that fails.
func failing() error {
	runtime.Gosched()
	return errTask
}

// counted wraps tasks so that they count how many have started.
func counted(tasks []func() error, started *atomic.Int64) []func() error {
	wrapped := make([]func() error, len(tasks))
	for i, task := range tasks {
		wrapped[i] = func() error {
			started.Add(1)
			return task()
		}
	}
	return wrapped
}

func TestTenByThrees(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		Run(t.Context(), 3, ten())
		if took := time.Since(start); took > 4*time.Second {
			t.Errorf("n = 3, 10 × 1s: %v, want 4s", took)
		}
		pass(time.Hour) // for whatever Run left running
	})
}

// In whatever order the tasks run, a place is never empty while one is left: the
// whole takes a third of the 20s and two thirds of the longest task, at most.
func TestNoPlaceStaysEmpty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mixed := []time.Duration{3 * time.Second, time.Second, time.Second}
		start := time.Now()
		Run(t.Context(), 3, taking(slices.Repeat(mixed, 4)...))
		if took := time.Since(start); took > 8*time.Second {
			t.Errorf("n = 3, 4 × (3s + 1s + 1s): %v, want 8s", took)
		}
		pass(time.Hour)
	})
}

// inBubbles counts the goroutines in bubbles. A dump shows none that has ended;
// runtime.NumGoroutine counts those for a moment longer.
func inBubbles() int {
	dump := make([]byte, 1<<16) // fifty goroutines and more
	return bytes.Count(dump[:runtime.Stack(dump, true)], []byte(", synctest bubble "))
}

func TestNeverMoreThanN(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		done := make(chan struct{})
		before := inBubbles() + 1 // and the one that calls Run
		go func() {
			defer close(done)
			Run(t.Context(), 3, ten())
		}()
		most := 0
		for range 40 { // twice a second, while nobody moves
			pass(250 * time.Millisecond)
			synctest.Wait()
			most = max(most, inBubbles()-before)
			pass(250 * time.Millisecond)
		}
		<-done
		if most > 3 {
			t.Errorf("n = 3, 10 tasks: %d goroutines at once, want at most 3", most)
		}
	})
}

func TestRunsEachOnce(t *testing.T) {
	const n, count = 4, 32
	var runs [count]atomic.Int64
	tasks := make([]func() error, count)
	for i := range tasks {
		tasks[i] = func() error {
			runtime.Gosched()
			runs[i].Add(1)
			return nil
		}
	}
	if err := Run(t.Context(), n, tasks); err != nil {
		t.Errorf("%d tasks, none fails: got error %v, want nil", count, err)
	}
	for i := range runs {
		if got := runs[i].Load(); got != 1 {
			t.Errorf("task %d ran %d times, want once", i, got)
			break
		}
	}
}

// More tasks fail than there are places.
func TestGoesOnAfterAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tasks := ten()
		for i := range 5 {
			tasks[2*i] = failing
		}
		var started atomic.Int64
		err := Run(t.Context(), 3, counted(tasks, &started))
		if !errors.Is(err, errTask) {
			t.Errorf("5 of 10 tasks fail: got error %v, want theirs", err)
		}
		if got := started.Load(); got != 10 {
			t.Errorf("5 of 10 tasks fail: %d ran, want 10", got)
		}
		pass(time.Hour)
	})
}

// When the context ends, three tasks run and four wait for a place.
func TestTellsThatItStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		var started atomic.Int64
		start := time.Now()
		err := Run(ctx, 3, counted(ten(), &started))
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("ctx ended after 1.5s, with %d of 10 tasks started: got error %v, want ctx.Err()", started.Load(), err)
		}
		if took := time.Since(start); took != 2*time.Second {
			t.Errorf("ctx ended after 1.5s, the running tasks after 2s: Run returned after %v", took)
		}
		pass(time.Hour)
		if got := started.Load(); got > 6 {
			t.Errorf("ctx ended after 1.5s: %d tasks were started, want at most 6", got)
		}
	})
}

// A place that is free may still be used: that is three tasks at most.
func TestTellsThatItWasTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		var started atomic.Int64
		err := Run(ctx, 3, counted(ten(), &started))
		if got := started.Load(); !errors.Is(err, context.Canceled) || got > 3 {
			t.Errorf("ctx ended before the call: %d of 10 tasks started, error %v, want at most 3 and ctx.Err()", got, err)
		}
		pass(time.Hour)
	})
}

// The last task ends the context when no task is left to be started.
func TestIgnoresALateEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		tasks := ten()[:3]
		tasks[2] = func() error {
			pass(time.Second)
			cancel()
			return nil
		}
		if err := Run(ctx, 3, tasks); err != nil {
			t.Errorf("ctx ended when all 3 tasks had been started: got error %v, want nil", err)
		}
		pass(time.Hour)
	})
}

// In real time, so that the race detector sees accesses that nothing orders.
func TestServesManyAtOnce(t *testing.T) {
	const callers, count = 4, 16
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			var started atomic.Int64
			tasks := slices.Repeat([]func() error{failing}, count)
			err := Run(t.Context(), count, counted(tasks, &started))
			if !errors.Is(err, errTask) || started.Load() != count {
				t.Errorf("%d tasks fail: %d ran, error %v, want all and theirs", count, started.Load(), err)
			}
		})
	}
	wg.Wait()
}

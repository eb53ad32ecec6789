package corpus

import "fmt"

// Failer is the part of testing.TB that the helpers need.
type Failer interface {
	Helper()
	Logf(format string, args ...any)
	FailNow()
}

// outcome is what one worker has to tell.
type outcome struct {
	worker int
	err    error
}

// Hammer calls fn from several workers side by side, each with its number and
// the number of the call. When a call fails the test ends at once.
func Hammer(t Failer, workers, calls int, fn func(worker, call int) error) {
	t.Helper()
	outcomes := make(chan outcome, workers)
	for w := range workers {
		go func() {
			outcomes <- outcome{w, hammer(w, calls, fn)}
		}()
	}
	for range workers {
		if o := <-outcomes; o.err != nil {
			t.Logf("worker %d: %v", o.worker, o.err)
			t.FailNow()
		}
	}
}

// hammer makes the calls of one worker, up to the first error.
func hammer(worker, calls int, fn func(worker, call int) error) (err error) {
	call := 0
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("call %d: panic: %v", call, p)
		}
	}()
	for ; call < calls; call++ {
		if err := fn(worker, call); err != nil {
			return fmt.Errorf("call %d: %w", call, err)
		}
	}
	return nil
}

package lines

import (
	"runtime"
	"testing"
	"time"
)

func TestStopBeforeTheEnd(t *testing.T) {
	before := runtime.NumGoroutine()
	lines, stop := Read("one\ntwo\nthree\n")
	<-lines
	stop()
	backTo(t, before)
}

func TestStopAfterTheEnd(t *testing.T) {
	before := runtime.NumGoroutine()
	lines, stop := Read("one\ntwo\nthree\n")
	for range lines {
	}
	stop()
	backTo(t, before)
}

// backTo waits until there are no more goroutines than before, for ten times as
// long as Read promises.
func backTo(t *testing.T, before int) {
	t.Helper()
	limit := time.After(500 * time.Millisecond)
	again := time.NewTicker(time.Millisecond)
	defer again.Stop()
	for runtime.NumGoroutine() > before {
		select {
		case <-again.C:
		case <-limit:
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
		}
	}
}

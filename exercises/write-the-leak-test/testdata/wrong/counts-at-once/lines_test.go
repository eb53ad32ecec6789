package lines

import (
	"runtime"
	"testing"
)

func TestStopBeforeTheEnd(t *testing.T) {
	before := runtime.NumGoroutine()
	lines, stop := Read("one\ntwo\nthree\n")
	<-lines
	stop()
	if n := runtime.NumGoroutine(); n > before {
		t.Errorf("%d goroutines, %d before", n, before)
	}
}

func TestStopAfterTheEnd(t *testing.T) {
	before := runtime.NumGoroutine()
	lines, stop := Read("one\ntwo\nthree\n")
	for range lines {
	}
	stop()
	if n := runtime.NumGoroutine(); n > before {
		t.Errorf("%d goroutines, %d before", n, before)
	}
}

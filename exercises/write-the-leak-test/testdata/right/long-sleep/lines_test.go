package lines

import (
	"runtime"
	"testing"
	"time"
)

func TestLeavesNothingBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	early, stop := Read("one\ntwo\nthree\n")
	<-early
	stop()
	all, stop := Read("one\ntwo\nthree\n")
	for range all {
	}
	stop()
	time.Sleep(300 * time.Millisecond)
	if n := runtime.NumGoroutine(); n > before {
		t.Errorf("%d goroutines, %d before", n, before)
	}
}

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
	for runtime.NumGoroutine() > before {
		time.Sleep(time.Millisecond)
	}
}

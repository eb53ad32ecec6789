package lines

import (
	"runtime"
	"testing"
)

func TestRead(t *testing.T) {
	lines, stop := Read("one\ntwo\nthree\n")
	<-lines
	stop()
	all, stop := Read("one\ntwo\nthree\n")
	for range all {
	}
	stop()
	t.Logf("%d goroutines", runtime.NumGoroutine())
}

package lines

import (
	"runtime"
	"testing"
)

var before = runtime.NumGoroutine()

func TestRead(t *testing.T) {
	_, stop := Read("one\ntwo\n")
	stop()
	if n := runtime.NumGoroutine(); n > before {
		t.Errorf("%d goroutines, %d before", n, before)
	}
}

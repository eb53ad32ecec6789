package driver_test

import (
	"testing"

	"manche/grader/harness/driver"
)

// Only who waits for another one stands still: not who has work to do, nor who
// will go on by itself.
func TestAllWait(t *testing.T) {
	for state, want := range map[string]bool{
		"chan receive": true, "chan send, 2 minutes": true, "select": true, "sync.Mutex.Lock": true, "semacquire": true,
		"running": false, "runnable": false, "preempted": false, "sleep": false, "syscall, 1 minutes": false, "IO wait": false,
		"GC assist wait": false, "GC assist marking": false, "garbage collection": false, "wait for GC cycle": false,
	} {
		dump := "goroutine 7 [chan receive]:\nmain.f()\n\ta.go:3 +0x1\n\ngoroutine 8 [" + state + "]:\nmain.g()\n\ta.go:7 +0x1\n"
		if got := driver.AllWait(dump); got != want {
			t.Errorf("%s: all wait %v, want %v", state, got, want)
		}
	}
}

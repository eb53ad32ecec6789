package prog

import (
	"runtime"
	"testing"
)

var working, allowed bool // gates that the race detector does not see

//go:norace
func work() {
	for working = true; !allowed; {
		runtime.Gosched()
	}
}

//go:norace
func await() {
	for !working {
		runtime.Gosched()
	}
	go allow()
}

//go:norace
func allow() { allowed = true }

func TestAll(t *testing.T) {
	working, allowed = false, false
	All([]func(){work}, await)
}

package prog

import (
	"runtime"
	"testing"
)

var announced bool // a gate that the race detector does not see

//go:norace
func announce() { announced = true }

//go:norace
func await() {
	for !announced {
		runtime.Gosched()
	}
	announced = false
}

func TestInbox(t *testing.T) {
	b := Open(1)
	b.Put("hello", announce)
	await()
	b.Close()
}

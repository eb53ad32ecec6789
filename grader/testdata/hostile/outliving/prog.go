// want: failed
// want: leak leak.running prog.go:23 TestStarts
// passed: TestNeighbour
// passed: TestOther
//
// A check starts a goroutine that outlives it, and that dies of a panic while the
// next check runs.

package prog

import (
	"sync/atomic"
	"time"
)

// There is set as long as the neighbour runs.
var There atomic.Bool

var shared int

func Starts() {
	go func() {
		for {
			shared++
			if There.Load() {
				panic("long after")
			}
			time.Sleep(time.Millisecond)
		}
	}()
}

func Neighbour() {
	There.Store(true)
	for range 20 {
		shared++
		time.Sleep(time.Millisecond)
	}
	There.Store(false)
}

// want: failed
// want: leak leak.running prog.go:20 TestStarts
// passed: TestNeighbour
//
// A goroutine that outlives its check starts others all the time: none of them is a
// leak of the neighbour's.

package prog

import (
	"sync"
	"time"
)

// Neighbour is taken as long as the neighbour runs.
var Neighbour sync.Mutex

func Starts() {
	go func() {
		for {
			if !Neighbour.TryLock() {
				go func() { <-make(chan int) }()
			} else {
				Neighbour.Unlock()
			}
			time.Sleep(time.Millisecond)
		}
	}()
}

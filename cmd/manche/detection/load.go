package detection

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// StartLoad keeps n processors busy until stop is called, which waits for the
// end of it. The goroutines that spin get as many of the scheduler's own
// processors, so that they take time from the machine, as another program would,
// and not turns from the goroutines beside them. One load may run at a time.
func StartLoad(n int) (stop func()) {
	processors := runtime.GOMAXPROCS(0)
	runtime.GOMAXPROCS(processors + n)
	var ended atomic.Bool
	var spinning sync.WaitGroup
	for range n {
		spinning.Go(func() {
			for x := uint64(1); !ended.Load(); {
				for range 1 << 16 {
					x = x*6364136223846793005 + 1442695040888963407 // no loop that the compiler can leave out
				}
				spun.Store(x)
			}
		})
	}
	return func() {
		ended.Store(true)
		spinning.Wait()
		runtime.GOMAXPROCS(processors)
	}
}

// spun makes what the load computes count.
var spun atomic.Uint64

package prog

import (
	"runtime"
	"testing"
	"testing/synctest"
)

// On one processor, the waiter cannot run before Next has begun the next round.
func TestRounds(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	synctest.Test(t, func(*testing.T) {
		r := new(Rounds)
		r.Begin()
		go r.Wait()
		synctest.Wait()
		r.Next()
		synctest.Wait()
		r.wg.Done()
	})
}

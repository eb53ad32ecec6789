// want: refused policy.import
// No garbage collection, so that nothing proves a leak.

package search

import (
	"errors"
	"runtime/debug"
	"time"
)

func init() { debug.SetGCPercent(-1) }

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	answer := make(chan int)
	go func() {
		answer <- lookup()
	}()
	select {
	case n := <-answer:
		return n, nil
	case <-time.After(limit):
		return 0, ErrTimeout
	}
}

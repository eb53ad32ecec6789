// want: refused policy.member
// A memory profile that is asked for without end.

package search

import (
	"errors"
	"runtime"
	"time"
)

func init() { runtime.ReadMemStats(new(runtime.MemStats)) }

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

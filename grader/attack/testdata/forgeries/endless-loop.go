// want: failed timeout.busy
// A loop without end in one check.

package search

import (
	"errors"
	"time"
)

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	for limit == time.Millisecond {
	}
	answer := make(chan int, 1)
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

// want: failed test
// Right answers until it has been believed twice.

package search

import (
	"errors"
	"sync/atomic"
	"time"
)

var calls atomic.Int64

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	late := calls.Add(1) > 12
	answer := make(chan int, 1)
	go func() {
		answer <- lookup()
	}()
	select {
	case n := <-answer:
		return n + map[bool]int{true: 1}[late], nil
	case <-time.After(limit):
		return 0, ErrTimeout
	}
}

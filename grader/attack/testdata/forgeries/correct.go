// want: passed
// A right answer: the policy, the driver and the walls let it through.

package search

import (
	"errors"
	"time"
)

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
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

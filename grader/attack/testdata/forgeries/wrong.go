// want: failed test
// A wrong answer without any trick.

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
		return n + 1, nil
	case <-time.After(limit):
		return 0, ErrTimeout
	}
}

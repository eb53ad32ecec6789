// want: passed
// A sentinel that is another package's error.

package search

import (
	"context"
	"time"
)

var ErrTimeout = context.DeadlineExceeded

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

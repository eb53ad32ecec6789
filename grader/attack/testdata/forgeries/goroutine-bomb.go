// want: failed resource.memory
// slow: timeout.check
// Goroutines without end.

package search

import (
	"errors"
	"time"
)

func breed() {
	for {
		go func() { select {} }()
	}
}

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	if limit == time.Millisecond {
		breed()
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

// want: passed
// A log line of a check that the program has printed itself proves nothing.

package search

import (
	"errors"
	"time"
)

func fake() { println("    search_test.go:30: forged") }

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	fake()
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

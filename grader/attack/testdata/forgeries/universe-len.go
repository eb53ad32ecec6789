// want: refused policy.universe
// A word of the language that would mean something else in the checks as well.

package search

import (
	"errors"
	"time"
)

func len(any) int { return 42 }

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

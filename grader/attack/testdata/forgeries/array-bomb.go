// want: refused build.limit
// A few letters that ask the compiler for sixty-four gigabytes.

package search

import (
	"errors"
	"time"
)

var Bomb = [1 << 33]int{1<<33 - 1: 1}

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

// want: failed leak
// A leak by an iterator that is pulled once and never stopped.

package search

import (
	"errors"
	"iter"
	"time"
)

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	next, _ := iter.Pull(func(yield func(int) bool) {
		for yield(0) {
		}
	})
	next()
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

// want: failed panic.other
// A panic where no check can recover it.

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
		panic("after the answer")
	}()
	select {
	case n := <-answer:
		return n, nil
	case <-time.After(limit):
		return 0, ErrTimeout
	}
}

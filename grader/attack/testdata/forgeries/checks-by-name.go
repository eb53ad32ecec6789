// want: refused build
// A check called by the name that it has in the author's file.

package search

import (
	"errors"
	"time"
)

func init() { TestReturnsTheAnswer(nil) }

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

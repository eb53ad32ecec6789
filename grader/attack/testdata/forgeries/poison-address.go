// want: refused policy.foreign_write
// A variable of the standard library, changed through its address.

package search

import (
	"context"
	"errors"
	"time"
)

func init() {
	p := &context.Canceled
	*p = nil
}

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

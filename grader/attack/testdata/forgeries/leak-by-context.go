// want: failed leak
// A leak whose goroutine the standard library has started: a context's.

package search

import (
	"context"
	"errors"
	"time"
)

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	ctx, cancel := context.WithCancel(context.Background())
	context.AfterFunc(ctx, func() { select {} })
	cancel()
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

package search

import (
	"context"
	"errors"
	"time"
)

// ErrTimeout is returned by Search when the limit passes before the answer comes.
var ErrTimeout = errors.New("search: no answer within the limit")

// Search runs lookup in its own goroutine and returns its answer,
// or ErrTimeout once limit has passed.
func Search(limit time.Duration, lookup func() int) (int, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	answer := make(chan int)
	go func() {
		n := lookup()
		select {
		case answer <- n:
		case <-ctx.Done():
		}
	}()
	select {
	case n := <-answer:
		return n, nil
	case <-ctx.Done():
		return 0, ErrTimeout
	}
}

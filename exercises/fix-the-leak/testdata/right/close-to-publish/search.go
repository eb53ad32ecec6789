package search

import (
	"errors"
	"time"
)

// ErrTimeout is returned by Search when the limit passes before the answer comes.
var ErrTimeout = errors.New("search: no answer within the limit")

// Search runs lookup in its own goroutine and returns its answer,
// or ErrTimeout once limit has passed.
func Search(limit time.Duration, lookup func() int) (int, error) {
	var answer int
	done := make(chan struct{})
	go func() {
		defer close(done)
		answer = lookup()
	}()
	select {
	case <-done:
		return answer, nil
	case <-time.After(limit):
		return 0, ErrTimeout
	}
}

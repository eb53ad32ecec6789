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
	var found bool
	go func() {
		answer = lookup()
		found = true
	}()
	deadline := time.After(limit)
	for {
		select {
		case <-deadline:
			return 0, ErrTimeout
		case <-time.After(limit / 100):
			if found {
				return answer, nil
			}
		}
	}
}

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
	answer := make(chan int)
	go func() {
		answer <- lookup()
	}()
	select {
	case n := <-answer:
		return n, nil
	case <-time.After(limit):
		go func() {
			for range answer {
			}
		}()
		return 0, ErrTimeout
	}
}

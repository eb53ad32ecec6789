package search

import (
	"errors"
	"time"
)

// ErrTimeout is returned when the limit passes.
var ErrTimeout = errors.New("search: no answer within the limit")

// Search asks.
func Search(limit time.Duration, lookup func() int) (int, error) {
	answer := make(chan string, 1)
	go func() { answer <- lookup() }()
	select {
	case <-answer:
		return 0, nil
	case <-time.After(limit):
		return 0, ErrTimeout
	}
}

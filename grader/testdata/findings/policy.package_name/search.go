// Package search asks a slow source for an answer, and gives up after a while.
package main

import (
	"errors"
	"time"
)

// ErrTimeout is returned by Search when the limit passes before the answer comes.
var ErrTimeout = errors.New("search: no answer within the limit")

// Search runs lookup in its own goroutine and returns its answer, or
// ErrTimeout once limit has passed. The goroutine ends with lookup, whether
// or not anybody still waits for the answer.
func Search(limit time.Duration, lookup func() int) (int, error) {
	answer := make(chan int, 1) // room for the one answer: the send never blocks
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

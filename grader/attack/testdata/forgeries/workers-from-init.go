// want: failed timeout
// Goroutines that were there before the checks do the work, out of reach of
// virtual time.

package search

import (
	"errors"
	"time"
)

var work = make(chan func())

func init() {
	for range 4 {
		go func() {
			for f := range work {
				f()
			}
		}()
	}
}

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	answer := make(chan int)
	work <- func() { answer <- lookup() }
	select {
	case n := <-answer:
		return n, nil
	case <-time.After(limit):
		return 0, ErrTimeout
	}
}

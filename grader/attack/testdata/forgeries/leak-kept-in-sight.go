// want: failed leak
// A leak that a package variable keeps in sight, so that it may go on one day.

package search

import (
	"errors"
	"time"
)

var kept []chan int

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	c := make(chan int)
	kept = append(kept[:0:0], c)
	go func() { <-c }()
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

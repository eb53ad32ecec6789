// want: failed leak
// The driver's orders are gone from standard input before any line of the
// answer runs.

package search

import (
	"errors"
	"fmt"
	"time"
)

func init() {
	var orders string
	if n, _ := fmt.Scanln(&orders); n > 0 {
		panic("read " + orders)
	}
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

// want: passed
// A panic that the program has printed itself proves nothing.

package search

import (
	"errors"
	"time"
)

func fake() {
	println("panic: send on closed channel\n\ngoroutine 7 [running]:\nmain.Search()\n\tsearch.go:20 +0x1")
}

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	fake()
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

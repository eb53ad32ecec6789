// want: failed leak
// A goroutine that outlives its check and strikes in the next one.

package search

import (
	"errors"
	"sync/atomic"
	"time"
)

var calls atomic.Int64

func later() {
	n := calls.Add(1)
	for calls.Load() == n {
		<-time.After(time.Millisecond)
	}
	panic("struck by an earlier call")
}

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	if limit < time.Second/2 {
		go later()
	}
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

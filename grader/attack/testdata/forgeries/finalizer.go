// want: refused policy.member
// Code that runs when the garbage collector looks for leaks.

package search

import (
	"errors"
	"runtime"
	"time"
)

func init() { runtime.SetFinalizer(new(int), func(*int) { panic("looked for") }) }

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

// want: refused policy.import
// Code that comes while it runs.

package search

import (
	"errors"
	"plugin"
	"time"
)

func init() { _, _ = plugin.Open("/tmp/x.so") }

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

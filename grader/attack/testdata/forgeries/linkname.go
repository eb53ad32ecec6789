// want: refused policy.directive
// A function of testing's own under another name.

package search

import (
	"errors"
	"testing"
	"time"
	_ "unsafe"
)

//go:linkname exiting os.runtime_beforeExit
func exiting(int)

var _ = testing.Short

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

// want: refused policy.import
// Exit code 0 before anything has run.

package search

import (
	"errors"
	"os"
	"time"
)

func init() { os.Exit(0) }

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

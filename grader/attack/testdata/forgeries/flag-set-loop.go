// want: refused policy.import
// Flags that are changed under the running tests.

package search

import (
	"errors"
	"flag"
	"time"
)

func init() {
	go func() {
		for {
			flag.Set("test.count", "0")
			flag.Set("test.skip", ".")
		}
	}()
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

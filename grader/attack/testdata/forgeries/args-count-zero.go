// want: refused policy.import
// Arguments that run every test not once.

package search

import (
	"errors"
	"os"
	"time"
)

func init() { os.Args = []string{os.Args[0], "-test.count=0"} }

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

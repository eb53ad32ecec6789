// want: refused policy.import
// Nothing more can be printed.

package search

import (
	"errors"
	"os"
	"time"
)

func init() { os.Stdout.Close(); os.Stderr.Close() }

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

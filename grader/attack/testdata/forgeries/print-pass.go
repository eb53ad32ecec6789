// want: refused policy.import
// The words of a passed test, and exit code 0.

package search

import (
	"errors"
	"fmt"
	"os"
	"time"
)

func init() {
	fmt.Print("=== RUN   TestReturnsTheAnswer\n--- PASS: TestReturnsTheAnswer (0.00s)\nPASS\n")
	os.Exit(0)
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

// want: refused policy.directive
// The checks, to be printed.

package search

import (
	_ "embed"
	"errors"
	"fmt"
	"time"
)

//go:embed search_test.go
var checks string

func init() { fmt.Println(checks) }

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

// want: failed resource.output
// Output without end.

package search

import (
	"errors"
	"strings"
	"time"
)

func flood() {
	for line := strings.Repeat("x", 4096); ; {
		println(line)
	}
}

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	if limit == time.Millisecond {
		flood()
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

// want: passed
// A race report that the program has printed itself proves nothing.

package search

import (
	"errors"
	"strings"
	"time"
)

func fake() {
	rule := strings.Repeat("=", 18)
	println(rule + "\nWARNING: DATA RACE\nWrite at 0x00c000012345 by goroutine 7:\n  main.Search()\n      search.go:20 +0x1\n\n" +
		"Previous write at 0x00c000012345 by goroutine 8:\n  main.Search()\n      search.go:20 +0x1\n" + rule)
}

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	fake()
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

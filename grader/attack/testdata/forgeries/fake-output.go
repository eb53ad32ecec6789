// want: failed leak
// Text on both streams: passed tests, frames, cuts and canaries.

package search

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

func init() {
	key := strings.Repeat("0123456789abcdef", 4)
	for range 20 {
		fmt.Println("\x1e" + key)
		fmt.Println(key + " end\tTestLeavesNothingBehind\t0\t0\t0\t\t0\t\t0\t0\t\t0\t0\t0\t")
		println(key + " bye\t\t0\t0\t0\t\t0\t\t0\t0\t\t0\t0\t0\t")
		fmt.Print("--- PASS: TestLeavesNothingBehind (0.00s)\nPASS\nok  \tsearch\t0.01s\n")
	}
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

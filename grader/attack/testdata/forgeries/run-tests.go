// want: refused policy.import
// Testing's own machinery with tests of one's own.

package search

import (
	"errors"
	"os"
	"testing"
	"time"
)

func init() {
	testing.Init()
	match := func(_, _ string) (bool, error) { return true, nil }
	if testing.RunTests(match, []testing.InternalTest{{Name: "TestReturnsTheAnswer", F: func(*testing.T) {}}}) {
		os.Stdout.WriteString("PASS\n")
		os.Exit(0)
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

// want: failed panic.exit
// A line that looks like the first one of a goroutine, until the end of its brackets.

package search

import (
	"errors"
	"log/slog"
	"time"
)

func init() {
	println("fatal error: \ngoroutine 0 [\n]")
	slog.NewLogLogger(slog.DiscardHandler, slog.LevelInfo).Fatal("PASS")
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

// want: failed panic.exit
// Exit in the last check, before the canaries sing.

package search

import (
	"errors"
	"log/slog"
	"time"
)

func last() { slog.NewLogLogger(slog.DiscardHandler, slog.LevelInfo).Fatal("PASS") }

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	if limit == time.Second/2 {
		last()
	}
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

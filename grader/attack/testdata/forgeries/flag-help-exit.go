// want: refused policy.import
// Exit code 0 without os: flag exits for whoever asks for help.

package search

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"time"
)

func init() {
	fmt.Print("--- PASS: TestReturnsTheAnswer (0.00s)\nPASS\n")
	flag.CommandLine.SetOutput(io.Discard)
	flag.CommandLine.Parse([]string{"-h"})
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

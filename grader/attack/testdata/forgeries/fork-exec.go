// want: refused policy.import
// Another program.

package search

import (
	"errors"
	"os/exec"
	"time"
)

func init() { exec.Command("/bin/sh", "-c", "exit 0").Run() }

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

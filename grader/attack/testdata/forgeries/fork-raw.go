// want: refused policy.import
// Another process, by the system call itself.

package search

import (
	"errors"
	"syscall"
	"time"
)

func init() { syscall.RawSyscall(57, 0, 0, 0) }

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

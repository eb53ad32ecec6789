// want: refused policy.import
// A file of the machine in the compiler's error message.

package search

// #include "/etc/hostname"
import "C"

import (
	"errors"
	"time"
)

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

// want: refused policy.import
// The answer is asked for elsewhere.

package search

import (
	"errors"
	"net"
	"time"
)

func init() { _, _ = net.Dial("tcp", "127.0.0.1:80") }

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

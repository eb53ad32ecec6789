// want: refused policy.import
// Memory that nobody has given it.

package search

import (
	"errors"
	"time"
	"unsafe"
)

var secret = *(*byte)(unsafe.Pointer(uintptr(1 << 12)))

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

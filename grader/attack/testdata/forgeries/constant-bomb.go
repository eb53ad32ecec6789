// want: refused policy.constant
// Constants that double from line to line, in the type checker's memory.

package search

import (
	"errors"
	"time"
)

const (
	c0  = "0123456789abcdef"
	c1  = c0 + c0 + c0 + c0
	c2  = c1 + c1 + c1 + c1
	c3  = c2 + c2 + c2 + c2
	c4  = c3 + c3 + c3 + c3
	c5  = c4 + c4 + c4 + c4
	c6  = c5 + c5 + c5 + c5
	c7  = c6 + c6 + c6 + c6
	c8  = c7 + c7 + c7 + c7
	c9  = c8 + c8 + c8 + c8
	c10 = c9 + c9 + c9 + c9
	c11 = c10 + c10 + c10 + c10
	c12 = c11 + c11 + c11 + c11
	c13 = c12 + c12 + c12 + c12
	c14 = c13 + c13 + c13 + c13
	c15 = c14 + c14 + c14 + c14
	c16 = c15 + c15 + c15 + c15
)

var Bomb = len(c16)

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

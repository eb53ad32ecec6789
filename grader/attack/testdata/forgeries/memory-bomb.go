// want: failed resource.memory
// Memory without end.

package search

import (
	"errors"
	"time"
)

var hoard [][]byte

func grow() {
	for {
		b := make([]byte, 16<<20)
		for i := 0; i < len(b); i += 4096 { // each page
			b[i] = 1
		}
		hoard = append(hoard, b)
	}
}

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	if limit == time.Millisecond {
		grow()
	}
	answer := make(chan int, 1)
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

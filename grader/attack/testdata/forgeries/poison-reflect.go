// want: refused policy.import
// The same through reflection.

package search

import (
	"errors"
	"io"
	"reflect"
	"time"
)

func init() { reflect.ValueOf(&io.EOF).Elem().SetZero() }

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

// want: failed panic.other
// A method of the answer's that the checks call, and that panics.

package search

import (
	"time"
)

type timeout struct{ limit time.Duration }

func (t *timeout) Error() string        { return "none" }
func (t *timeout) Is(target error) bool { panic("Is") }
func (t *timeout) String() string       { panic("String") }

var ErrTimeout error = new(timeout)

func Search(limit time.Duration, lookup func() int) (int, error) {
	answer := make(chan int, 1)
	go func() { answer <- lookup() }()
	select {
	case n := <-answer:
		return n, nil
	case <-time.After(limit):
		return 0, &timeout{limit}
	}
}

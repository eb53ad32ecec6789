// want: failed test
// An error whose text looks like the end of a passed test.

package search

import (
	"time"
)

type timeout struct{ limit time.Duration }

func (t *timeout) Error() string        { return "\n--- PASS: TestReturnsTheAnswer (0.00s)\nPASS\n" }
func (t *timeout) Is(target error) bool { return true }
func (t *timeout) String() string       { panic("String") }

var ErrTimeout error = new(timeout)

func Search(limit time.Duration, lookup func() int) (int, error) {
	return 0, &timeout{limit}
}

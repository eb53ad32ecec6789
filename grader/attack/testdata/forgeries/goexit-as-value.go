// want: refused policy.member
// The same through a variable.

package search

import (
	"errors"
	"runtime"
	"time"
)

var leave = runtime.Goexit

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(_ time.Duration, _ func() int) (int, error) {
	leave()
	return 0, ErrTimeout
}

// want: failed deadlock
// An answer that never comes, and nobody who could send it.

package search

import (
	"errors"
	"time"
)

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(_ time.Duration, _ func() int) (int, error) { select {} }

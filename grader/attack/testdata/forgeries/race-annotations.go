// want: refused policy.import
// Racy code whose accesses are declared to be ordered.

package search

import (
	"errors"
	"runtime"
	"time"
	"unsafe"
)

var ErrTimeout = errors.New("search: no answer within the limit")

type result struct {
	n     int
	found bool
}

func (r *result) set(n int) {
	runtime.RaceAcquire(unsafe.Pointer(r))
	r.n, r.found = n, true
	runtime.RaceReleaseMerge(unsafe.Pointer(r))
}

func (r *result) get() (int, bool) {
	runtime.RaceAcquire(unsafe.Pointer(r))
	n, found := r.n, r.found
	runtime.RaceReleaseMerge(unsafe.Pointer(r))
	return n, found
}

func Search(limit time.Duration, lookup func() int) (int, error) {
	r := new(result)
	go func() { r.set(lookup()) }()
	deadline := time.After(limit)
	for {
		select {
		case <-deadline:
			return 0, ErrTimeout
		case <-time.After(limit / 100):
			if n, found := r.get(); found {
				return n, nil
			}
		}
	}
}

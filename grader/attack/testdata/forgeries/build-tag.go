// want: refused policy.directive
// Another program where the race detector is on.

//go:build !race

package search

import (
	"errors"
	"time"
)

var ErrTimeout = errors.New("search: no answer within the limit")

type result struct {
	n     int
	found bool
}

func (r *result) set(n int) {
	r.n, r.found = n, true
}

func (r *result) get() (int, bool) {
	n, found := r.n, r.found
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

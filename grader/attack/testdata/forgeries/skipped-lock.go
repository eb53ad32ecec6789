// want: failed race
// What a lock guards on one side only.

package search

import (
	"errors"
	"sync"
	"time"
)

var ErrTimeout = errors.New("search: no answer within the limit")

type result struct {
	mu    sync.Mutex
	n     int
	found bool
}

func (r *result) set(n int) {
	r.mu.Lock()
	r.n, r.found = n, true
	r.mu.Unlock()
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

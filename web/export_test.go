package web

import (
	"net/http"
	"net/http/httptest"
	"time"
)

// Limit is the limit of an address that may send so many a minute: it counts one
// sent at a time, and returns 0, or the seconds after which to come back.
func Limit(perMinute int) func(now time.Time) int {
	a, r := newAddresses(perMinute), httptest.NewRequest(http.MethodPost, "/", nil)
	return func(now time.Time) int {
		if p := a.take(r, now); p != nil {
			return p.retry
		}
		return 0
	}
}

package web

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"time"
)

// Recovery codes, and back.
var (
	CodeOf = codeOf
	KeyOf  = keyOf
)

// LimitedAddress is the network whose limit a request counts for, where these
// proxies are trusted.
func LimitedAddress(trusted []netip.Prefix, r *http.Request) string {
	var network string
	s := &Server{Config: Config{Proxies: trusted}}
	s.believing(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { network = addressOf(r).String() })).ServeHTTP(nil, r)
	return network
}

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

// PreparedListener is the one that the site is served on.
func PreparedListener(ln net.Listener) net.Listener { return preparedListener{ln} }

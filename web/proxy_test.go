package web_test

import (
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"manche/web"
)

// The limit is of the address that a trusted proxy was asked from; nobody else
// is believed, and no client can write itself another address.
func TestTrustedProxiesTellTheAddress(t *testing.T) {
	tests := []struct {
		name, from string
		forwarded  []string
		want       string // the network that is limited
	}{
		{"no proxy", "192.0.2.1:7", nil, "192.0.2.1/32"},
		{"nobody's proxy", "192.0.2.1:7", []string{"198.51.100.1"}, "192.0.2.1/32"},
		{"a proxy", "127.0.0.1:7", []string{"198.51.100.1"}, "198.51.100.1/32"},
		{"that says nothing", "127.0.0.1:7", nil, "127.0.0.1/32"},
		{"that says what it was told", "127.0.0.1:7", []string{"203.0.113.9, 198.51.100.1"}, "198.51.100.1/32"},
		{"the same in two headers", "127.0.0.1:7", []string{"203.0.113.9", "198.51.100.1"}, "198.51.100.1/32"},
		{"a proxy behind another", "127.0.0.1:7", []string{"198.51.100.1,10.1.2.3 , 10.0.0.1"}, "198.51.100.1/32"},
		{"proxies alone", "127.0.0.1:7", []string{"10.1.2.3, 10.0.0.1"}, "10.1.2.3/32"},
		{"no address", "127.0.0.1:7", []string{"198.51.100.1, unknown"}, "127.0.0.1/32"},
		{"an empty header", "127.0.0.1:7", []string{""}, "127.0.0.1/32"},
		{"with a port", "127.0.0.1:7", []string{"198.51.100.1:4711"}, "198.51.100.1/32"},
		{"of six", "[::ffff:127.0.0.1]:7", []string{"2001:db8::1"}, "2001:db8::/64"},
		{"of six, with a port", "127.0.0.1:7", []string{"[2001:db8::1]:99"}, "2001:db8::/64"},
	}
	trusted := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8")}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr, r.Header["X-Forwarded-For"] = tt.from, tt.forwarded
			if got := web.LimitedAddress(trusted, r); got != tt.want {
				t.Errorf("from %s, forwarded %q: %s is limited, want %s", tt.from, tt.forwarded, got, tt.want)
			}
		})
	}
}

// Two learners behind one trusted proxy do not disturb each other.
func TestLimitBehindAProxy(t *testing.T) {
	s := open(t, func(c *web.Config) {
		c.Limits.PerMinute, c.Proxies = 2, []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	})
	for _, step := range []struct {
		client string
		want   int
	}{{"192.0.2.1", 202}, {"192.0.2.1", 429}, {"192.0.2.2", 202}, {"192.0.2.2", 429}} {
		r := httptest.NewRequest("POST", submissions, strings.NewReader(`{"files":{"search.go":"x"}}`))
		r.Header.Set("Content-Type", jsonType)
		r.Header.Set("X-Forwarded-For", "192.0.2.9, "+step.client)
		r.RemoteAddr = "127.0.0.1:4711"
		w := httptest.NewRecorder()
		s.web.ServeHTTP(w, r)
		if w.Code != step.want {
			t.Errorf("for %s: %d, want %d", step.client, w.Code, step.want)
		}
	}
}

// Whatever a client writes before it, the address that the proxy appends is the
// one that counts.
func FuzzForwarded(f *testing.F) {
	f.Add("203.0.113.9")
	f.Add("unknown, [2001:db8::1]:80,,")
	f.Add("127.0.0.1")
	trusted := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	f.Fuzz(func(t *testing.T, written string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = "127.0.0.1:7"
		r.Header["X-Forwarded-For"] = []string{written + ", 198.51.100.1"}
		if got := web.LimitedAddress(trusted, r); got != "198.51.100.1/32" {
			t.Errorf("forwarded %q: %s is limited", r.Header["X-Forwarded-For"], got)
		}
		r.Header["X-Forwarded-For"] = []string{written}
		if _, err := netip.ParsePrefix(web.LimitedAddress(trusted, r)); err != nil {
			t.Errorf("forwarded %q: %v", written, err)
		}
	})
}

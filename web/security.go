package web

import (
	"maps"
	"net/http"
	"strings"
)

// contentPolicy is what a page may load: its own files and nothing else.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// policyWith lets the editor put its one style sheet into the page.
func policyWith(nonce string) string {
	return strings.Replace(contentPolicy, "style-src 'self'", "style-src 'self' 'nonce-"+nonce+"'", 1)
}

// guards are the headers of every answer. The values are shared: they may be
// replaced in an answer, and never changed.
var guards = http.Header{
	"Content-Security-Policy":    {contentPolicy},
	"X-Content-Type-Options":     {"nosniff"},
	"Referrer-Policy":            {"same-origin"},
	"Cross-Origin-Opener-Policy": {"same-origin"},
}

// guarded sets what every answer carries, refuses what another site sends in a
// reader's name, and bounds the body.
func (s *Server) guarded(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, crossOrigin())
	}))
	next = protection.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		maps.Copy(w.Header(), guards)
		if r.Body != http.NoBody {
			r.Body = http.MaxBytesReader(w, r.Body, s.Limits.Body)
		}
		next.ServeHTTP(w, r)
	})
}

package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// believing answers each request as coming from where the trusted proxies say that
// it came from. What anybody else says in that header is not read.
func (s *Server) believing(next http.Handler) http.Handler {
	if len(s.Proxies) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.RemoteAddr = s.origin(r)
		next.ServeHTTP(w, r)
	})
}

// origin is the last address of a request that is no trusted proxy's. Each proxy
// appends the one that it was asked from to X-Forwarded-For, so that whatever a
// client wrote there itself stands before all that can be believed.
func (s *Server) origin(r *http.Request) string {
	from := r.RemoteAddr
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !s.trusts(from) {
			break
		}
		if hop = strings.TrimSpace(hop); !hostOf(hop).IsValid() {
			break // the last one that said something is answerable for it
		}
		from = hop
	}
	return from
}

// trusts reports whether an address is one of the trusted proxies'.
func (s *Server) trusts(address string) bool {
	host := hostOf(address)
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(host) })
}

// hostOf is the host of an address, with a port or without; invalid where it is
// none.
func hostOf(address string) netip.Addr {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	ip, _ := netip.ParseAddr(strings.Trim(host, "[]"))
	return ip.Unmap().WithZone("")
}

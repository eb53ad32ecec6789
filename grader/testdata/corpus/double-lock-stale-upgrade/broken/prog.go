package corpus

import "sync"

type entry struct {
	addr string
	gen  int
}

// Resolver caches addresses of hosts. A flush makes all entries stale at once
// without walking over them.
type Resolver struct {
	lookup func(host string) string

	mu      sync.RWMutex
	gen     int
	entries map[string]entry
}

// NewResolver returns a resolver that asks lookup about hosts it does not know.
func NewResolver(lookup func(string) string) *Resolver {
	return &Resolver{lookup: lookup, entries: make(map[string]entry)}
}

// Flush makes the resolver ask anew for every host.
func (r *Resolver) Flush() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.gen++
}

// Resolve returns the address of the host.
func (r *Resolver) Resolve(host string) string {
	r.mu.RLock()
	e, known := r.entries[host]
	if known && e.gen == r.gen {
		r.mu.RUnlock()
		return e.addr
	}
	gen := r.gen
	if known {
		r.evict(host)
	}
	r.mu.RUnlock()

	addr := r.lookup(host)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.entries[host] = entry{addr, gen}
	return addr
}

func (r *Resolver) evict(host string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.entries, host)
}

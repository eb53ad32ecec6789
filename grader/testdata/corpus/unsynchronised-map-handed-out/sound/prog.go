package corpus

import (
	"maps"
	"slices"
	"sync"
)

// Registry knows at which addresses services can be reached.
type Registry struct {
	mu       sync.Mutex
	services map[string]map[string]bool // service -> address -> healthy
}

// Register makes an address known, or says how it is now.
func (r *Registry) Register(service, addr string, healthy bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.services == nil {
		r.services = make(map[string]map[string]bool)
	}
	if r.services[service] == nil {
		r.services[service] = make(map[string]bool)
	}
	r.services[service][addr] = healthy
}

// Forget takes an address out.
func (r *Registry) Forget(service, addr string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.services[service], addr)
}

// Lookup returns the healthy addresses of a service, sorted.
func (r *Registry) Lookup(service string) []string {
	var healthy []string
	for addr, ok := range r.members(service) {
		if ok {
			healthy = append(healthy, addr)
		}
	}
	slices.Sort(healthy)
	return healthy
}

func (r *Registry) members(service string) map[string]bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.services[service])
}

package corpus

import "sync"

type backend struct {
	weight  int
	healthy bool
}

// Balancer spreads requests over back ends by weight.
type Balancer struct {
	mu       sync.RWMutex
	backends map[string]*backend
}

// NewBalancer returns a balancer without back ends.
func NewBalancer() *Balancer {
	return &Balancer{backends: make(map[string]*backend)}
}

// Add adds a healthy back end or changes its weight.
func (b *Balancer) Add(name string, weight int) {
	b.mu.Lock()
	b.backends[name] = &backend{weight: weight, healthy: true}
	b.mu.Unlock()
}

// Mark notes whether a back end answers.
func (b *Balancer) Mark(name string, healthy bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if be, ok := b.backends[name]; ok {
		be.healthy = healthy
	}
}

// Capacity is the sum of the weights of all healthy back ends.
func (b *Balancer) Capacity() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	sum := 0
	for _, be := range b.backends {
		if be.healthy {
			sum += be.weight
		}
	}
	return sum
}

// Share is the part of the load that one back end gets, from 0 to 1.
func (b *Balancer) Share(name string) float64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	be, ok := b.backends[name]
	if !ok || !be.healthy {
		return 0
	}
	return float64(be.weight) / float64(b.Capacity())
}

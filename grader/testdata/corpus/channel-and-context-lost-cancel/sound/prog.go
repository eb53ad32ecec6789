package corpus

import (
	"context"
	"sync"
)

// Leases holds leases on names and renews each of them in the background.
type Leases struct {
	renew <-chan struct{} // tells when it is time to renew

	mu      sync.Mutex
	cancels map[string]context.CancelFunc
	renewed map[string]int
}

// NewLeases returns a holder without leases, which the caller closes.
func NewLeases(renew <-chan struct{}) *Leases {
	return &Leases{
		renew:   renew,
		cancels: make(map[string]context.CancelFunc),
		renewed: make(map[string]int),
	}
}

// Take takes a lease on the name, instead of the one there may be already.
func (l *Leases) Take(ctx context.Context, name string) {
	ctx, cancel := context.WithCancel(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	if old, ok := l.cancels[name]; ok {
		old()
	}
	l.cancels[name] = cancel
	l.renewed[name] = 0
	go l.keep(ctx, name)
}

// keep renews one lease.
func (l *Leases) keep(ctx context.Context, name string) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.renew:
			l.mu.Lock()
			l.renewed[name]++
			l.mu.Unlock()
		}
	}
}

// Close gives up all leases and returns how many there were.
func (l *Leases) Close() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(l.cancels)
	for name, cancel := range l.cancels {
		cancel()
		delete(l.cancels, name)
	}
	return n
}

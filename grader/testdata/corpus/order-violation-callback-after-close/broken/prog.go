package corpus

import (
	"slices"
	"sync"
)

// Bus delivers events to its subscribers, in the order of their publication
// where there is one publisher.
type Bus struct {
	mu   sync.Mutex
	subs []*Subscription
}

// Subscription is one subscriber of a bus.
type Subscription struct {
	bus *Bus
	fn  func(event string)
}

// Subscribe calls fn for every event until the subscription is closed.
func (b *Bus) Subscribe(fn func(event string)) *Subscription {
	s := &Subscription{bus: b, fn: fn}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.subs = append(b.subs, s)
	return s
}

// Publish hands the event to each subscriber. Subscribers may subscribe others,
// but not publish.
func (b *Bus) Publish(event string) {
	b.mu.Lock()
	subs := slices.Clone(b.subs)
	b.mu.Unlock()
	for _, s := range subs {
		s.deliver(event)
	}
}

func (s *Subscription) deliver(event string) { s.fn(event) }

// Close ends the subscription: when it has returned, the function is not called
// any more. It must not be called by the function itself.
func (s *Subscription) Close() {
	s.bus.mu.Lock()
	defer s.bus.mu.Unlock()
	s.bus.subs = slices.DeleteFunc(s.bus.subs, func(other *Subscription) bool { return other == s })
}

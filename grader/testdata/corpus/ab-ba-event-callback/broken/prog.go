package corpus

import "sync"

// Bus passes events to handlers, in the caller's goroutine.
type Bus struct {
	mu       sync.Mutex
	handlers []func(topic string)
	sent     int
}

// Handle registers a handler for all topics.
func (b *Bus) Handle(fn func(topic string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.handlers = append(b.handlers, fn)
}

// Publish counts the event and calls every handler with it.
func (b *Bus) Publish(topic string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent++
	for _, fn := range b.handlers {
		fn(topic)
	}
}

// Sent is how many events were published.
func (b *Bus) Sent() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.sent
}

// Panel shows how often each topic was heard.
type Panel struct {
	bus *Bus

	mu    sync.Mutex
	heard map[string]int
}

// NewPanel returns a panel that listens to the bus.
func NewPanel(bus *Bus) *Panel {
	p := &Panel{bus: bus, heard: make(map[string]int)}
	bus.Handle(p.record)
	return p
}

func (p *Panel) record(topic string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.heard[topic]++
}

// Share is the part of all events that had the topic.
func (p *Panel) Share(topic string) float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.heard[topic] == 0 {
		return 0
	}
	return float64(p.heard[topic]) / float64(p.bus.Sent())
}

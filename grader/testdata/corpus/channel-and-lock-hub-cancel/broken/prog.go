package corpus

import "sync"

// Hub passes messages on to its subscribers, to each in the order of Publish.
type Hub struct {
	mu   sync.Mutex
	subs map[*Sub]struct{}
}

// Sub is a subscription. Its owner receives from C until it calls Cancel.
type Sub struct {
	C    chan string
	hub  *Hub
	gone chan struct{}
}

// NewHub returns a hub without subscribers.
func NewHub() *Hub {
	return &Hub{subs: make(map[*Sub]struct{})}
}

// Subscribe adds a subscriber. It gets what is published from now on.
func (h *Hub) Subscribe() *Sub {
	s := &Sub{C: make(chan string), hub: h, gone: make(chan struct{})}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.subs[s] = struct{}{}
	return s
}

// Publish gives the message to every subscriber and returns how many got it.
func (h *Hub) Publish(message string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	got := 0
	for s := range h.subs {
		select {
		case s.C <- message:
			got++
		case <-s.gone:
		}
	}
	return got
}

// Cancel ends the subscription. It is called once, also while a message is on
// its way to this subscriber.
func (s *Sub) Cancel() {
	s.hub.mu.Lock()
	delete(s.hub.subs, s)
	s.hub.mu.Unlock()
	close(s.gone)
}

package queue

import (
	"maps"
	"slices"
	"sync"
)

// subscriberBuffer is how many events a subscriber may be behind: a judgement's
// states and its first findings. The last place is kept for the final event.
const subscriberBuffer = 32

// hub brings events to subscribers and waits for none of them.
type hub struct {
	mu     sync.Mutex
	closed bool
	subs   map[string]map[*subscriber]struct{} // by submission
}

type subscriber struct {
	events chan Event // only written under hub.mu
	last   Event      // what it was told last of state and place
}

func newHub() *hub { return &hub{subs: map[string]map[*subscriber]struct{}{}} }

func (h *hub) subscribe(id string) (<-chan Event, func()) {
	s := &subscriber{events: make(chan Event, subscriberBuffer)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(s.events)
		return s.events, func() {}
	}
	if h.subs[id] == nil {
		h.subs[id] = map[*subscriber]struct{}{}
	}
	h.subs[id][s] = struct{}{}
	return s.events, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.drop(id, s)
	}
}

// drop ends a subscription, once. The caller holds h.mu.
func (h *hub) drop(id string, s *subscriber) {
	if _, there := h.subs[id][s]; !there {
		return
	}
	close(s.events)
	delete(h.subs[id], s)
	if len(h.subs[id]) == 0 {
		delete(h.subs, id)
	}
}

// publish tells the submission's subscribers what has just happened.
func (h *hub) publish(e Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.subs[e.ID] {
		h.send(s, e)
	}
}

// correct tells subscribers where a submission stands. That was read a moment
// ago: it overrules no worker's later word.
func (h *hub) correct(e Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.subs[e.ID] {
		if late := s.last.State.Begun() && !e.State.Final(); !late {
			h.send(s, e)
		}
	}
}

// send gives s an event if there is room; for the final one there always is.
// What repeats the last event is left out. The caller holds h.mu.
func (h *hub) send(s *subscriber, e Event) {
	if e.Data == nil && s.last.State == e.State && s.last.Place == e.Place {
		return
	}
	if e.State.Final() {
		s.events <- e
		h.drop(e.ID, s)
		return
	}
	if len(s.events) < cap(s.events)-1 {
		s.events <- e
		s.last = e
	}
}

// ids returns the submissions that have subscribers.
func (h *hub) ids() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Collect(maps.Keys(h.subs))
}

// end ends the subscriptions to these submissions.
func (h *hub) end(ids []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range ids {
		for s := range h.subs[id] {
			h.drop(id, s)
		}
	}
}

// close ends all subscriptions and refuses new ones.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for id, subs := range h.subs {
		for s := range subs {
			h.drop(id, s)
		}
	}
}

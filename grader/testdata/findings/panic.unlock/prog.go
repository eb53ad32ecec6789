package prog

import "sync"

// Stock counts what is on the shelf.
type Stock struct {
	mu sync.Mutex
	n  int
}

// Take takes one, if there is one.
func (s *Stock) Take() bool {
	if s.n == 0 {
		s.mu.Unlock()
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n--
	return true
}

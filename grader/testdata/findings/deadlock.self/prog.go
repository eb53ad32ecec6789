package prog

import "sync"

// Stock counts what is on the shelf.
type Stock struct {
	mu sync.Mutex
	n  int
}

// Len is how many there are.
func (s *Stock) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

// Take takes one, if there is one.
func (s *Stock) Take() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Len() == 0 {
		return false
	}
	s.n--
	return true
}

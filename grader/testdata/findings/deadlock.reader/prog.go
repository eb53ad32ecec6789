package prog

import "sync"

// Settings are read often and changed seldom.
type Settings struct {
	mu     sync.RWMutex
	values map[string]string
}

// Get looks one up.
func (s *Settings) Get(name string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.values[name]
}

// Set changes one.
func (s *Settings) Set(name, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[name] = value
}

// Both looks two up that belong together.
func (s *Settings) Both(a, b string, between func()) (string, string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	first := s.values[a]
	between()
	return first, s.Get(b)
}

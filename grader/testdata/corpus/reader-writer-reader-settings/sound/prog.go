package corpus

import (
	"strings"
	"sync"
)

// Settings are named values. A value may refer to another one: "${root}/log".
type Settings struct {
	mu     sync.RWMutex
	values map[string]string
}

// NewSettings returns settings with the given values, which it takes over.
func NewSettings(values map[string]string) *Settings {
	return &Settings{values: values}
}

// Set changes a value.
func (s *Settings) Set(name, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[name] = value
}

// Get returns a value with its references filled in.
func (s *Settings) Get(name string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.expand(s.values[name])
}

// expand fills in the references in a value.
func (s *Settings) expand(value string) string {
	for {
		before, rest, found := strings.Cut(value, "${")
		if !found {
			return value
		}
		name, after, found := strings.Cut(rest, "}")
		if !found {
			return value
		}
		value = before + s.expand(s.values[name]) + after
	}
}

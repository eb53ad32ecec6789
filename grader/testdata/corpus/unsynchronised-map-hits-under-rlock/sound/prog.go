package corpus

import (
	"fmt"
	"strings"
	"sync"
)

// Templates holds parsed texts by name. It is safe for concurrent use.
type Templates struct {
	mu    sync.RWMutex
	texts map[string]string
	hits  map[string]int
}

// NewTemplates returns an empty set.
func NewTemplates() *Templates {
	return &Templates{texts: make(map[string]string), hits: make(map[string]int)}
}

// Set stores a text under a name, in place of the one before.
func (t *Templates) Set(name, text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.texts[name] = text
	t.hits[name] = 0
}

// Render returns the named text with {} replaced by the argument.
func (t *Templates) Render(name, arg string) (string, error) {
	text, ok := t.get(name)
	if !ok {
		return "", fmt.Errorf("no template %q", name)
	}
	return strings.ReplaceAll(text, "{}", arg), nil
}

func (t *Templates) get(name string) (string, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text, ok := t.texts[name]
	if ok {
		t.hits[name]++
	}
	return text, ok
}

// Hits returns how often the named text was used.
func (t *Templates) Hits(name string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.hits[name]
}

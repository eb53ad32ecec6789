package prog

import "sync"

// Counter counts.
type Counter struct {
	mu sync.Mutex
	n  int
}

// Value is how far it has come.
func (c Counter) Value() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

package prog

import "sync"

// Cache keeps answers.
type Cache struct {
	mu      sync.RWMutex
	answers map[string]int
}

// Get looks an answer up, or works it out.
func (c *Cache) Get(question string, work func() int) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if n, ok := c.answers[question]; ok {
		return n
	}
	n := work()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answers[question] = n
	return n
}

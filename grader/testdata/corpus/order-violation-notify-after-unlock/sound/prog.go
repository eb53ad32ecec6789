package corpus

import "sync"

// Change is a new version of a value.
type Change struct {
	Version int
	Value   string
}

// Cell holds a value with a version. Watchers see every change in the order of
// the versions.
type Cell struct {
	mu       sync.Mutex
	current  Change
	watchers []chan Change
}

// Watch returns a channel on which all further changes arrive. It holds backlog
// changes; a watcher that falls further behind holds up those who set.
func (c *Cell) Watch(backlog int) <-chan Change {
	w := make(chan Change, backlog)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watchers = append(c.watchers, w)
	return w
}

// Set replaces the value and returns its version.
func (c *Cell) Set(value string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	change := Change{c.current.Version + 1, value}
	c.current = change
	for _, w := range c.watchers {
		w <- change
	}
	return change.Version
}

// Get returns the value and its version.
func (c *Cell) Get() Change {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.current
}

package corpus

import "sync"

// Cache keeps values for a number of rounds. A janitor removes the old ones.
type Cache struct {
	mu      sync.Mutex
	round   int
	values  map[string]int // the round in which it was put
	stopped bool

	sweep chan struct{}
	quit  chan struct{}
	done  chan struct{}
}

// NewCache starts a cache. The caller stops it.
func NewCache() *Cache {
	c := &Cache{
		values: make(map[string]int),
		sweep:  make(chan struct{}, 1),
		quit:   make(chan struct{}),
		done:   make(chan struct{}),
	}
	go c.janitor()
	return c
}

// Put keeps a name for this round and the next, and begins a new round.
func (c *Cache) Put(name string) {
	c.mu.Lock()
	c.values[name] = c.round
	c.round++
	c.mu.Unlock()
	select {
	case c.sweep <- struct{}{}:
	default: // a sweep is due already
	}
}

func (c *Cache) janitor() {
	defer close(c.done)
	for {
		select {
		case <-c.quit:
			return
		case <-c.sweep:
		}
		c.mu.Lock()
		for name, round := range c.values {
			if round < c.round-2 {
				delete(c.values, name)
			}
		}
		c.mu.Unlock()
	}
}

// Stop ends the janitor, waits for it, and returns how many values are left.
// Only the first call does so.
func (c *Cache) Stop() int {
	c.mu.Lock()
	if c.stopped {
		c.mu.Unlock()
		return 0
	}
	c.stopped = true
	c.mu.Unlock()
	close(c.quit)
	<-c.done
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.values)
}

package prog

import "sync"

// Till counts money.
type Till struct {
	mu    sync.Mutex
	cents int
}

// Take reports whether there was enough to take.
func (t *Till) Take(cents int) bool {
	t.mu.Lock()
	if cents > t.cents {
		return false
	}
	t.cents -= cents
	t.mu.Unlock()
	return true
}

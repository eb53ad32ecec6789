package prog

import "sync"

// Account is somebody's money.
type Account struct {
	mu    sync.Mutex
	cents int
}

// Pay takes some, if there is enough.
func (a *Account) Pay(cents int) bool {
	a.mu.Lock()
	if a.cents < cents {
		return false
	}
	a.cents -= cents
	a.mu.Unlock()
	return true
}

// Cents is what is left.
func (a *Account) Cents() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.cents
}

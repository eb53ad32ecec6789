package prog

import "sync"

// Account is somebody's money.
type Account struct {
	sync.Mutex
	cents int
}

// Add adds some.
func (a *Account) Add(cents int) {
	a.Lock()
	defer a.Unlock()
	a.cents += cents
}

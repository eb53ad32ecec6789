package prog

import "sync"

// Account is somebody's money.
type Account struct {
	sync.Mutex
	cents int
}

// Add adds some in the background.
func (a *Account) Add(cents int) {
	go func() {
		a.Lock()
		defer a.Unlock()
		a.cents += cents
	}()
}

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

// Savings is an account that stays.
var Savings = new(Account)

// Later pays in the background.
func (a *Account) Later(cents int) { go a.Pay(cents) }

package prog

import "sync"

// Account is somebody's money.
type Account struct {
	mu    sync.Mutex
	cents int
}

// Transfer moves money from one account to another.
func Transfer(from, to *Account, cents int, meet func()) {
	from.mu.Lock()
	defer from.mu.Unlock()
	meet()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.cents -= cents
	to.cents += cents
}

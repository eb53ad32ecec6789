package prog

import "sync"

// Fork lies between two philosophers.
type Fork struct{ mu sync.Mutex }

// Eat takes the left fork, and then the right one.
func Eat(left, right *Fork, meet func()) {
	left.mu.Lock()
	defer left.mu.Unlock()
	meet()
	right.mu.Lock()
	defer right.mu.Unlock()
}

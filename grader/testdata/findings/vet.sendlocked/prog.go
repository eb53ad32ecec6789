package prog

import "sync"

// Desk hands out numbers.
type Desk struct {
	mu      sync.Mutex
	next    int
	Numbers chan int
}

// Hand puts the next number on the desk.
func (d *Desk) Hand() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.next++
	d.Numbers <- d.next
}

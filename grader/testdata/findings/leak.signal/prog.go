package prog

import "sync"

// Door opens once.
type Door struct {
	mu   sync.Mutex
	cond *sync.Cond
}

// New returns a door.
func New() *Door {
	d := new(Door)
	d.cond = sync.NewCond(&d.mu)
	return d
}

// Open opens it.
func (d *Door) Open() { d.cond.Broadcast() }

// Enter goes in as soon as the door opens.
func (d *Door) Enter(in func()) {
	go func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.cond.Wait()
		in()
	}()
}

package corpus

import (
	"errors"
	"sync"
)

// ErrClosed is returned by a pool that has been closed.
var ErrClosed = errors.New("pool: closed")

// Conn is a connection to the back end.
type Conn struct{ ID int }

// Pool lends connections and opens new ones where none is idle.
type Pool struct {
	mu     sync.Mutex
	idle   []*Conn
	opened int
	closed bool
}

// Get lends a connection, which the caller gives back with Put.
func (p *Pool) Get() (*Conn, error) {
	p.mu.Lock()
	if p.closed {
		return nil, ErrClosed
	}
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.opened++
	c := &Conn{ID: p.opened}
	p.mu.Unlock()
	return c, nil
}

// Put takes a connection back. After Close it is dropped.
func (p *Pool) Put(c *Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.idle = append(p.idle, c)
	}
}

// Close drops the idle connections and ends the lending.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed, p.idle = true, nil
}

// Idle is the number of connections that wait for a borrower.
func (p *Pool) Idle() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.idle)
}

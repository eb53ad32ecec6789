package corpus

import (
	"errors"
	"sync"
)

// ErrClosed is returned once the pool takes no more jobs.
var ErrClosed = errors.New("pool is closed")

// Pool runs jobs in the background, at most limit at a time. The zero value is
// of no use: see NewPool.
type Pool struct {
	mu     sync.Mutex
	closed bool
	ran    int
	jobs   sync.WaitGroup
	slots  chan struct{}
}

// NewPool returns an open pool.
func NewPool(limit int) *Pool { return &Pool{slots: make(chan struct{}, limit)} }

// Submit starts a job, or returns ErrClosed.
func (p *Pool) Submit(job func()) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return ErrClosed
	}
	p.jobs.Add(1)
	go p.run(job)
	return nil
}

func (p *Pool) run(job func()) {
	defer p.jobs.Done()
	p.slots <- struct{}{}
	defer func() { <-p.slots }()
	job()
	p.mu.Lock()
	p.ran++
	p.mu.Unlock()
}

// Close refuses new jobs and waits for those that were accepted. It returns how
// many have run.
func (p *Pool) Close() int {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	return p.drain()
}

func (p *Pool) drain() int {
	p.jobs.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ran
}

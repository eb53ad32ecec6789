package corpus

import (
	"strings"
	"sync"
)

// Audit writes a trail of actions without making its callers wait for the disk.
type Audit struct {
	lines   chan string
	pending sync.WaitGroup

	mu  sync.Mutex
	out strings.Builder
}

// NewAudit starts an audit trail. The caller closes it.
func NewAudit() *Audit {
	a := &Audit{lines: make(chan string, 16)}
	go a.drain()
	return a
}

// Record notes that a user did something. It must not be called after Close.
func (a *Audit) Record(user, action string) {
	a.pending.Add(1)
	a.lines <- user + ": " + action
}

// drain writes the lines as they come.
func (a *Audit) drain() {
	for line := range a.lines {
		a.mu.Lock()
		a.out.WriteString(line)
		a.out.WriteByte('\n')
		a.mu.Unlock()
		a.pending.Done()
	}
}

// Close waits until everything is written and returns the trail.
func (a *Audit) Close() string {
	a.pending.Wait()
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.out.String()
}

package build

import (
	"sync"
	"time"
)

// Bounds of the linkers that wait.
const (
	// maxWaiting is how many may wait for work: each keeps 30 MB, and 45 MB of
	// the archives that all of them share.
	maxWaiting = 4
	// idleTime ends those that nobody wanted for so long.
	idleTime = 10 * time.Minute
)

// spares are the linkers that wait for work, and how many are at work.
type spares struct {
	mu      sync.Mutex
	waiting []*spare
	working int
	closed  bool
	idle    *time.Timer
}

// take returns one that waits, or nil. It is to be given back.
func (p *spares) take() *spare {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.waiting) > 0 {
		s := p.waiting[0]
		p.waiting = p.waiting[1:]
		if s.alive() {
			p.working++
			return s
		}
	}
	return nil
}

// give takes one back, which waits again if it is of use.
func (p *spares) give(s *spare, useful bool) {
	p.mu.Lock()
	p.working--
	p.mu.Unlock()
	if !useful || !p.put(s, maxWaiting) {
		s.end()
	}
}

// put lets one wait, unless there are n with those at work.
func (p *spares) put(s *spare, n int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(p.waiting)+p.working >= n || !s.alive() {
		return false
	}
	p.waiting = append(p.waiting, s)
	if p.idle == nil {
		p.idle = time.AfterFunc(idleTime, p.clear)
	}
	p.idle.Reset(idleTime)
	return true
}

// full reports whether there are n, waiting or at work.
func (p *spares) full(n int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closed || len(p.waiting)+p.working >= n
}

// clear ends those that wait.
func (p *spares) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.waiting {
		s.end()
	}
	p.waiting = nil
}

// close ends those that wait, and lets no other wait.
func (p *spares) close() {
	p.mu.Lock()
	p.closed = true
	if p.idle != nil {
		p.idle.Stop()
	}
	p.mu.Unlock()
	p.clear()
}

// Warm has n linkers, at most four, ready for the next builds, and for others
// after them on Linux. Each takes 30 MB of memory, besides 45 MB that they share,
// and saves each build more than half of the linker's time. It returns at once;
// they need a tenth of a second. Without [Archives.PrepareLinker] it does nothing.
// Whoever calls it has to call [Archives.Close].
func (a *Archives) Warm(n int) {
	for n = min(n, maxWaiting); a.spared.Load() && !a.spares.full(n); {
		s, err := a.startSpare()
		if err != nil {
			return // the stock linker may do better, or say why not
		}
		if !a.spares.put(s, n) {
			s.end()
			return
		}
	}
}

// Close ends the linkers that wait. Builds still work, and keep none.
func (a *Archives) Close() error {
	a.spares.close()
	return nil
}

package build

import (
	"context"
	"sync"
	"time"
)

// Bounds of the tools that wait.
const (
	// maxWaiting is how many of a kind may wait for work: a linker keeps 30 MB, and
	// 45 MB of the archives that all of them share.
	maxWaiting = 4
	// idleTime ends those that nobody wanted for so long.
	idleTime = 10 * time.Minute
)

// waiter waits for work in a process of its own. end ends it, whatever it does,
// and waits for that.
type waiter interface {
	alive() bool
	end()
}

// pool are those that wait for work, and how many are at work. Its zero value is
// empty.
type pool[T waiter] struct {
	mu      sync.Mutex
	waiting []T
	working int
	closed  bool
	idle    *time.Timer
}

// take returns one that waits, or the zero value. It is to be given back.
func (p *pool[T]) take() (none T) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.waiting) > 0 {
		w := p.waiting[0]
		p.waiting = p.waiting[1:]
		if w.alive() {
			p.working++
			return w
		}
		w.end()
	}
	return none
}

// give takes one back, which waits again if it is of use.
func (p *pool[T]) give(w T, useful bool) {
	p.mu.Lock()
	p.working--
	p.mu.Unlock()
	if !useful || !p.put(w, maxWaiting) {
		w.end()
	}
}

// put lets one wait, unless there are n with those at work.
func (p *pool[T]) put(w T, n int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(p.waiting)+p.working >= n || !w.alive() {
		return false
	}
	p.waiting = append(p.waiting, w)
	if p.idle == nil {
		p.idle = time.AfterFunc(idleTime, p.clear)
	}
	p.idle.Reset(idleTime)
	return true
}

// fill has n wait or work, those that died not counted.
func (p *pool[T]) fill(n int, start func() T) {
	for !p.full(n) {
		if w := start(); !p.put(w, n) {
			w.end()
			return
		}
	}
}

// full reports whether there are n, waiting or at work.
func (p *pool[T]) full(n int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closed || len(p.waiting)+p.working >= n
}

// clear ends those that wait.
func (p *pool[T]) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.waiting {
		w.end()
	}
	p.waiting = nil
}

// close ends those that wait, and lets no other wait.
func (p *pool[T]) close() {
	p.mu.Lock()
	p.closed = true
	if p.idle != nil {
		p.idle.Stop()
	}
	p.mu.Unlock()
	p.clear()
}

// Warm has n compilers and n linkers, at most four of each, ready for the next
// builds, the linkers on Linux for others after them. A compiler has its walls up
// and nothing else; it takes a few MB. A linker takes 30 MB of memory, besides 45
// MB that they share, and saves each build more than half of the linker's time.
// Warm returns at once; they need a tenth of a second. Without
// [Archives.PrepareLinker] no linker waits. Whoever calls it has to call
// [Archives.Close].
func (a *Archives) Warm(n int) {
	n = min(n, maxWaiting)
	a.compilers.fill(n, func() *compiler { return a.newCompiler(context.Background()) })
	if a.spared.Load() {
		a.spares.fill(n, a.startSpare)
	}
}

// Close ends the tools that wait. Builds still work, and keep none.
func (a *Archives) Close() error {
	a.compilers.close()
	a.spares.close()
	return nil
}

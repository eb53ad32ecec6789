package corpus

import (
	"sync"
	"sync/atomic"
)

// Latch holds goroutines up until it is opened. It stays open.
type Latch struct {
	open atomic.Bool
	mu   sync.Mutex
	cond *sync.Cond
}

// NewLatch returns a closed latch.
func NewLatch() *Latch {
	l := &Latch{}
	l.cond = sync.NewCond(&l.mu)
	return l
}

// Wait returns when the latch is open.
func (l *Latch) Wait() {
	if l.open.Load() {
		return // most calls, without locking
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.open.Load() {
		l.cond.Wait()
	}
}

// Open lets all who wait go on. It does not block.
func (l *Latch) Open() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open.Store(true)
	l.cond.Broadcast()
}

// Table is loaded once; its readers wait for that.
type Table struct {
	loaded *Latch
	rows   []string
}

// Load starts to load a table.
func Load(read func() []string) *Table {
	t := &Table{loaded: NewLatch()}
	go func() {
		t.rows = read()
		t.loaded.Open()
	}()
	return t
}

// Row returns a row, once the table is loaded.
func (t *Table) Row(i int) string {
	t.loaded.Wait()
	return t.rows[i]
}

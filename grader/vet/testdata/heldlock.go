package sample

import (
	"errors"
	"sync"
)

type store struct {
	mu     sync.Mutex
	rw     sync.RWMutex
	values map[string]int
	closed bool
	next   *store
}

var errClosed = errors.New("closed")

func (s *store) forgotten(name string) (int, error) {
	s.mu.Lock() // want heldlock
	if s.closed {
		return 0, errClosed
	}
	v := s.values[name]
	s.mu.Unlock()
	return v, nil
}

func (s *store) deferredTooLate(name string) int {
	s.mu.Lock() // want heldlock
	v, ok := s.values[name]
	if !ok {
		return 0
	}
	defer s.mu.Unlock()
	return v + 1
}

func (s *store) oneBranch(name string) {
	s.mu.Lock() // want heldlock
	if s.values[name] > 0 {
		s.values[name]--
		s.mu.Unlock()
	}
}

func (s *store) reader(name string) int {
	s.rw.RLock() // want heldlock
	switch v := s.values[name]; {
	case v > 10:
		return 10
	case v < 0:
		s.rw.RUnlock()
		return 0
	}
	s.rw.RUnlock()
	return 1
}

func (s *store) takenTwiceReleasedOnce(name string) int {
	s.mu.Lock()
	n := s.values[name]
	s.mu.Unlock()
	if n == 0 {
		s.mu.Lock() // want heldlock
		n = len(s.values)
	}
	return n
}

func (s *store) retry() {
	for {
		s.mu.Lock() // want heldlock
		if len(s.values) == 0 {
			continue
		}
		clear(s.values)
		s.mu.Unlock()
	}
}

func never() []int {
	var list []int
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range 4 {
		wg.Go(func() {
			mu.Lock() // want heldlock
			list = append(list, i)
		})
	}
	wg.Wait()
	return list
}

func inGoroutine(s *store, names <-chan string) {
	go func() {
		for name := range names {
			s.mu.Lock() // want heldlock
			if s.closed {
				return
			}
			s.values[name]++
			s.mu.Unlock()
		}
	}()
}

type embedded struct {
	sync.Mutex
	n int
}

func (e *embedded) take() bool {
	e.Lock() // want heldlock
	if e.n == 0 {
		return false
	}
	e.n--
	e.Mutex.Unlock()
	return true
}

func besideGoroutine(s *store, wg *sync.WaitGroup) {
	s.mu.Lock() // want heldlock
	wg.Go(func() {
		s.mu.Lock()
		clear(s.values)
		s.mu.Unlock()
	})
	if s.closed {
		return
	}
	s.mu.Unlock()
}

func (s *store) looksAgain(name string) int {
	ok := s.closed
	if !ok {
		return 0
	}
	s.mu.Lock() // want heldlock
	_, ok = s.values[name]
	if !ok {
		return 0
	}
	s.mu.Unlock()
	return 1
}

// What follows is sound.

func (s *store) deferredAfterCheck() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0
	}
	return len(s.values)
}

func (s *store) deferredLiteral() (n int) {
	s.mu.Lock()
	defer func() {
		n = len(s.values)
		s.mu.Unlock()
	}()
	if s.closed {
		return 0
	}
	return 1
}

func (s *store) deferredFirst() {
	defer s.mu.Unlock()
	s.mu.Lock()
	if s.closed {
		return
	}
	clear(s.values)
}

func (s *store) everyPath(name string) (int, error) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return 0, errClosed
	}
	v, ok := s.values[name]
	if !ok {
		s.mu.Unlock()
		panic("no such value: " + name)
	}
	s.mu.Unlock()
	return v, nil
}

func (s *store) panics(name string) {
	s.mu.Lock()
	if s.closed {
		panic("closed")
	}
	s.values[name]++
	s.mu.Unlock()
}

func (s *store) sameCondition(shared bool, name string) {
	if shared {
		s.mu.Lock()
	}
	s.values[name]++
	if shared {
		s.mu.Unlock()
	}
}

func (s *store) eitherWay(name string) {
	s.mu.Lock()
	empty := len(s.values) == 0
	if empty {
		s.mu.Unlock()
	}
	if !empty {
		s.values[name]++
		s.mu.Unlock()
	}
}

func (s *store) flag(name string, f func()) {
	s.mu.Lock()
	locked := true
	if s.values[name] > 0 {
		s.mu.Unlock()
		locked = false
		f()
	}
	if locked {
		s.mu.Unlock()
	}
}

func (s *store) relock(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.closed {
		s.mu.Unlock()
		f()
		s.mu.Lock()
	}
}

func (s *store) loop(names []string) {
	for _, name := range names {
		s.mu.Lock()
		if s.closed {
			s.mu.Unlock()
			continue
		}
		if s.values[name] == 3 {
			s.mu.Unlock()
			break
		}
		s.values[name]++
		s.mu.Unlock()
	}
}

func (s *store) handOverHand() int {
	n := 0
	s.mu.Lock()
	for s.next != nil {
		next := s.next
		next.mu.Lock()
		s.mu.Unlock()
		s = next
		n++
	}
	s.mu.Unlock()
	return n
}

func pair(a, b *store) (unlock func()) {
	a.mu.Lock()
	b.mu.Lock()
	return func() {
		b.mu.Unlock()
		a.mu.Unlock()
	}
}

func all(gates []*door) {
	for _, d := range gates {
		d.mu.Lock()
	}
	for _, d := range gates {
		d.mu.Unlock()
	}
}

type door struct{ mu sync.Mutex }

func value(mu *sync.Mutex) func() {
	mu.Lock()
	return mu.Unlock
}

func try(s *store) bool {
	if !s.mu.TryLock() {
		return false
	}
	s.mu.Unlock()
	return true
}

type gate struct {
	mu   sync.Mutex
	open bool
}

// begin leaves the gate locked for end.
func (g *gate) begin() bool {
	g.mu.Lock()
	if g.open {
		g.mu.Unlock()
		return false
	}
	return true
}

func (g *gate) end() { g.mu.Unlock() }

var (
	tableMu sync.Mutex
	tables  int
)

// openTable leaves the tables locked for closeTable.
func openTable() bool {
	tableMu.Lock()
	if tables == 0 {
		tableMu.Unlock()
		return false
	}
	tables--
	return true
}

func closeTable() { tableMu.Unlock() }

type turn struct {
	mu sync.Mutex
	n  int
}

// yield is called with the lock held.
func (t *turn) yield(f func()) {
	t.mu.Unlock()
	f()
	t.mu.Lock()
}

type guard struct{ mu sync.Mutex }

func (g *guard) Lock() { g.mu.Lock() }

func (g *guard) Unlock() { g.mu.Unlock() }

func background(s *store, done func()) {
	s.mu.Lock()
	go func() {
		defer s.mu.Unlock()
		done()
	}()
}

func waiting() bool {
	var mu sync.Mutex
	ready := false
	cond := sync.NewCond(&mu)
	cond.L.Lock()
	for !ready {
		cond.Wait()
	}
	cond.L.Unlock()
	return ready
}

func enter(mu *sync.Mutex) { mu.Lock() }

func leaveLater(mu *sync.Mutex, f func(unlock func())) {
	mu.Lock()
	f(func() { mu.Unlock() })
}

func withGoto(s *store) int {
	s.mu.Lock()
	if s.closed {
		goto out
	}
	clear(s.values)
out:
	s.mu.Unlock()
	return 0
}

type generic[T any] struct {
	mu    sync.Mutex
	items []T
}

func (g *generic[T]) hold() { g.mu.Lock() }

func (g *generic[T]) drop() { g.mu.Unlock() }

func forever(s *store, jobs chan string) {
	for {
		s.mu.Lock()
		select {
		case name := <-jobs:
			s.values[name]++
			s.mu.Unlock()
		default:
			s.mu.Unlock()
			return
		}
	}
}

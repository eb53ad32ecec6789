package driver

import (
	"runtime"
	"sync/atomic"
	"unsafe"
	"weak"
)

// The lock graph remembers, for one attempt, which locks were taken while which
// others were held, and where. It must not disturb what it watches: its own
// lock is hidden from the race detector, its functions are not instrumented, and
// it holds the locks it knows by weak pointers only, so that a forgotten one can
// still be collected and the leak detector still sees who waits for it. All its
// memory is allocated once; what does not fit is not watched.
var graph struct {
	busy  atomic.Bool
	clock uint64
	goers [maxGoers]goer
	locks [maxLocks]weak.Pointer[byte]
	pairs [maxPairs]pair
	nGoer int
	nLock int
	nPair int
	// known are goroutines that have their place, by the last digits of their
	// numbers. It is read without a lock, as it comes: who is not in it asks.
	known [maxGoers]int64
}

// Bounds of the graph. A check of a few thousand lock operations stays far
// below them; they keep the graph below a megabyte.
const (
	maxGoers = 512
	maxLocks = 256
	maxPairs = 1024
	maxHeld  = 8
)

// goer is a goroutine that takes locks, with those it holds.
type goer struct {
	id   int64
	born uint64 // on the graph's clock
	held [maxHeld]holding
	n    int
}

// holding is a lock in a goroutine's hands.
type holding struct {
	lock  int
	write bool
	site  string
}

// pair says that a goroutine wanted a lock while it held another one.
type pair struct {
	has, wants holding
	goer       int
	at         uint64           // when it was seen last, on the graph's clock
	all        [maxHeld]holding // everything it held
	n          int
}

// Acquire stands before Lock and RLock in the learner's code, put there by the
// build; site is the place of the call.
//
//go:norace
func Acquire[T any](lock *T, write bool, site string) {
	id := goid()
	enter()
	defer leave()
	g := lookup(id)
	l := number(unsafe.Pointer(lock))
	if g < 0 || l < 0 {
		return
	}
	want := holding{lock: l, write: write, site: site}
	who := &graph.goers[g]
	for i := range who.n {
		note(g, who.held[i], want)
	}
	if who.n < maxHeld {
		who.held[who.n] = want
		who.n++
	}
}

// Release stands before Unlock and RUnlock. Go lets another goroutine release
// what one has taken, so all of them are looked at.
//
//go:norace
func Release[T any](lock *T) {
	id := goid()
	enter()
	defer leave()
	own, l := lookup(id), number(unsafe.Pointer(lock))
	if l < 0 || own >= 0 && drop(own, l) {
		return
	}
	for g := range graph.nGoer {
		if drop(g, l) {
			return
		}
	}
}

// Alive stands where a goroutine begins, so that the graph knows since when it
// has been there. Where a function is not only started but called as well, the
// goroutine is known, and nothing is to be done.
//
//go:norace
func Alive() {
	id := goid()
	if graph.known[id%maxGoers] == id {
		return
	}
	enter()
	lookup(id)
	graph.known[id%maxGoers] = id
	leave()
}

// enter takes the graph's own lock. The detector must not see it: it would
// order everything that the learner's locks do not.
//
//go:norace
func enter() {
	raceQuiet()
	for !graph.busy.CompareAndSwap(false, true) {
		runtime.Gosched()
	}
	graph.clock++
}

//go:norace
func leave() {
	graph.busy.Store(false)
	raceLoud()
}

// lookup returns the place of a goroutine, -1 when there is no room.
//
//go:norace
func lookup(id int64) int {
	for g := range graph.nGoer {
		if graph.goers[g].id == id {
			return g
		}
	}
	if graph.nGoer == maxGoers {
		return -1
	}
	g := graph.nGoer
	graph.goers[g] = goer{id: id, born: graph.clock}
	graph.nGoer++
	return g
}

// number returns the number of a lock, -1 when there is no room. Weak pointers
// to one object are equal, and never equal to those of a later object at the
// same address.
//
//go:norace
func number(p unsafe.Pointer) int {
	w := weak.Make((*byte)(p))
	for l := range graph.nLock {
		if graph.locks[l] == w {
			return l
		}
	}
	if graph.nLock == maxLocks {
		return -1
	}
	graph.locks[graph.nLock] = w
	graph.nLock++
	return graph.nLock - 1
}

// drop takes a lock out of a goroutine's hands, the latest first.
//
//go:norace
func drop(g, lock int) bool {
	who := &graph.goers[g]
	for i := who.n - 1; i >= 0; i-- {
		if who.held[i].lock == lock {
			for k := i + 1; k < who.n; k++ {
				who.held[k-1] = who.held[k]
			}
			who.n--
			return true
		}
	}
	return false
}

// note keeps one pair, once for each set of locks that were held with it: one that is
// guarded once need not be so the next time.
//
//go:norace
func note(g int, has, wants holding) {
	seen := pair{has: has, wants: wants, goer: g, at: graph.clock, all: graph.goers[g].held, n: graph.goers[g].n}
	for i := range graph.nPair {
		if p := &graph.pairs[i]; equal(p, &seen) {
			p.at = seen.at
			return
		}
	}
	if graph.nPair < maxPairs {
		graph.pairs[graph.nPair] = seen
		graph.nPair++
	}
}

// equal reports whether two pairs differ in nothing but their time and their sites.
//
//go:norace
func equal(a, b *pair) bool {
	if a.goer != b.goer || a.n != b.n || !same(&a.has, &b.has) || !same(&a.wants, &b.wants) {
		return false
	}
	for i := range a.n {
		if !same(&a.all[i], &b.all[i]) {
			return false
		}
	}
	return true
}

// same reports whether two hold one lock in one way.
//
//go:norace
func same(a, b *holding) bool { return a.lock == b.lock && a.write == b.write }

// forget empties the graph for the next attempt.
//
//go:norace
func forget() {
	enter()
	graph.nGoer, graph.nLock, graph.nPair = 0, 0, 0
	graph.known = [maxGoers]int64{}
	leave()
}

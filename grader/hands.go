package grader

import (
	"maps"
	"slices"

	"manche/grader/harness/wire"
	"manche/grader/report"
)

// hand is what a goroutine has of locks.
type hand struct {
	has   []wire.Hold
	wants *wire.Hold // the one that it waits for; nil if it waits for none
}

// hands are those of all goroutines, by number; one that has ended may still
// have a lock.
type hands map[int64]hand

// handsOf parts, with the dump of that moment, the locks that goroutines have
// from those that they wait for.
func handsOf(held []wire.Holder, dump string) hands {
	all := make(hands)
	for _, h := range held {
		all[h.Goroutine] = hand{has: h.Locks}
	}
	for _, g := range report.Goroutines(dump) {
		h := all[g.ID]
		if n := len(h.has) - 1; n >= 0 && operation(g.State) == "lock" {
			all[g.ID] = hand{has: h.has[:n], wants: &h.has[n]}
		}
	}
	return all
}

// keeper is where the lock was taken that a goroutine waits for: by itself or,
// if not, by another one.
func (h hands) keeper(id int64) (Place, bool) {
	wants := h[id].wants
	if wants == nil {
		return Place{}, false
	}
	order := append([]int64{id}, slices.Sorted(maps.Keys(h))...)
	for _, other := range order {
		for _, lock := range h[other].has {
			if lock.Lock == wants.Lock && (lock.Write || wants.Write) {
				return site(lock.Site), true
			}
		}
	}
	return Place{}, false
}

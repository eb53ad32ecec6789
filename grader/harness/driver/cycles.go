package driver

import "manche/grader/harness/wire"

// maxRing is how many locks a ring may have to be looked for: rings of four are
// not found in practice where those of two and three are not.
const maxRing = 4

// rings lists the orders of locks that can deadlock: rings of pairs, each by
// another goroutine, in which every goroutine holds what the next one wants.
// A common lock around them, or a goroutine that began when the other's pair was
// over, rule a deadlock out. So does reading on both sides.
func rings() [][]wire.LockStep {
	enter()
	pairs := make([]pair, graph.nPair)
	copy(pairs, graph.pairs[:graph.nPair])
	goers := make([]goer, graph.nGoer)
	copy(goers, graph.goers[:graph.nGoer])
	leave()
	var found [][]wire.LockStep
	for i := range pairs {
		if pairs[i].has.lock == pairs[i].wants.lock {
			continue // one goroutine against itself: it would hang, and be seen
		}
		if ring := closing(pairs, goers, []int{i}); ring != nil {
			found = append(found, steps(pairs, ring))
			break // one at a time is enough to mend
		}
	}
	return found
}

// closing extends a chain of pairs until it is a ring, or returns nil.
func closing(pairs []pair, goers []goer, chain []int) []int {
	first, last := pairs[chain[0]], pairs[chain[len(chain)-1]]
	if len(chain) > 1 && meets(last.wants, first.has) {
		return chain
	}
	if len(chain) == maxRing {
		return nil
	}
	for next := range pairs {
		if !meets(last.wants, pairs[next].has) || !compatible(pairs, goers, chain, next) {
			continue
		}
		if ring := closing(pairs, goers, append(chain[:len(chain):len(chain)], next)); ring != nil {
			return ring
		}
	}
	return nil
}

// meets reports whether one waits for the other: the same lock, and not both to
// read.
func meets(wants, has holding) bool { return wants.lock == has.lock && (wants.write || has.write) }

// compatible reports whether the next pair can happen together with the chain.
func compatible(pairs []pair, goers []goer, chain []int, next int) bool {
	n := pairs[next]
	if n.has.lock == n.wants.lock {
		return false
	}
	for _, i := range chain {
		p := pairs[i]
		if p.goer == n.goer || guarded(p, n) {
			return false
		}
		if p.at < goers[n.goer].born || n.at < goers[p.goer].born {
			return false // the one was over before the other began
		}
	}
	return true
}

// guarded reports whether both hold one lock, so that they never meet.
func guarded(a, b pair) bool {
	for _, x := range a.all[:a.n] {
		for _, y := range b.all[:b.n] {
			if x.lock == y.lock && (x.write || y.write) {
				return true
			}
		}
	}
	return false
}

// steps says where each goroutine of a ring took the lock that it holds, and
// where it wants the next one.
func steps(pairs []pair, ring []int) []wire.LockStep {
	var list []wire.LockStep
	for _, i := range ring {
		list = append(list, wire.LockStep{Holds: pairs[i].has.site, Wants: pairs[i].wants.site})
	}
	return list
}

// held lists who has which locks.
func held() []wire.Holder {
	enter()
	goers := make([]goer, graph.nGoer)
	copy(goers, graph.goers[:graph.nGoer])
	leave()
	var list []wire.Holder
	for _, g := range goers {
		h := wire.Holder{Goroutine: g.id}
		for _, x := range g.held[:g.n] {
			h.Locks = append(h.Locks, wire.Hold{Lock: x.lock, Write: x.write, Site: x.site})
		}
		if g.n > 0 {
			list = append(list, h)
		}
	}
	return list
}

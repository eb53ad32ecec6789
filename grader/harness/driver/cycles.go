package driver

import "manche/grader/harness/wire"

// Bounds of the search for rings.
const (
	// maxRing is how many locks a ring may have to be looked for: rings of four are
	// not found in practice where those of two and three are not.
	maxRing = 4
	// maxSteps is how many pairs may be tried, some hundredths of a second: nobody
	// watches over the search, and in a crowd there are more chains than time.
	maxSteps = 1 << 20
)

// search looks for rings among the pairs of one attempt.
type search struct {
	pairs []pair
	goers []goer
	from  [][]int   // by lock, the pairs in which it is held
	near  [][]uint8 // by two locks, how many pairs lead from one to the other; maxRing is too many
	steps int       // pairs that were tried
}

// newSearch takes the pairs out of the graph. One of a goroutine against itself is
// none to look for: it would hang, and be seen.
func newSearch() *search {
	enter()
	s := &search{pairs: make([]pair, graph.nPair), goers: make([]goer, graph.nGoer), from: make([][]int, graph.nLock)}
	copy(s.pairs, graph.pairs[:graph.nPair])
	copy(s.goers, graph.goers[:graph.nGoer])
	leave()
	for i := range s.pairs {
		if p := &s.pairs[i]; p.has.lock != p.wants.lock {
			s.from[p.has.lock] = append(s.from[p.has.lock], i)
		}
	}
	s.measure()
	return s
}

// measure fills in near, whatever rules a way out. Where all take their locks in
// one order, none leads back, and there is nothing to search.
//
//go:norace
func (s *search) measure() {
	s.near = make([][]uint8, len(s.from))
	for from := range s.near {
		row := make([]uint8, len(s.from))
		for i := range row {
			row[i] = maxRing
		}
		row[from] = 0
		for length := range uint8(maxRing - 1) {
			for at, n := range row {
				if n != length {
					continue
				}
				for _, i := range s.from[at] {
					to := s.pairs[i].wants.lock
					row[to] = min(row[to], length+1)
				}
			}
		}
		s.near[from] = row
	}
}

// rings lists the orders of locks that can deadlock: rings of pairs, each by
// another goroutine, in which every goroutine holds what the next one wants.
// A common lock around them, or a goroutine that began when the other's pair was
// over, rule a deadlock out. So does reading on both sides. One at a time is enough
// to mend.
func (s *search) rings() [][]wire.LockStep {
	for i := range s.pairs {
		if !s.returns(i, i, 1) {
			continue
		}
		if ring := s.closing([]int{i}); ring != nil {
			return [][]wire.LockStep{steps(s.pairs, ring)}
		}
	}
	return nil
}

// returns reports whether a chain of n pairs, from first to last, may be the
// beginning of a ring.
//
//go:norace
func (s *search) returns(first, last, n int) bool {
	has, wants := &s.pairs[first].has, &s.pairs[last].wants
	return s.pairs[last].has.lock != wants.lock && int(s.near[wants.lock][has.lock]) <= maxRing-n
}

// closing extends a chain of pairs until it is a ring, or returns nil.
//
//go:norace
func (s *search) closing(chain []int) []int {
	first, last := &s.pairs[chain[0]], &s.pairs[chain[len(chain)-1]]
	if len(chain) > 1 && meets(&last.wants, &first.has) {
		return chain
	}
	if len(chain) == maxRing {
		return nil
	}
	for _, next := range s.from[last.wants.lock] {
		if s.steps == maxSteps {
			return nil
		}
		s.steps++
		if !s.returns(chain[0], next, len(chain)+1) || !meets(&last.wants, &s.pairs[next].has) || !s.compatible(chain, next) {
			continue
		}
		if ring := s.closing(append(chain[:len(chain):len(chain)], next)); ring != nil {
			return ring
		}
	}
	return nil
}

// meets reports whether one waits for the other: the same lock, and not both to
// read.
//
//go:norace
func meets(wants, has *holding) bool {
	return wants.lock == has.lock && (wants.write || has.write)
}

// compatible reports whether the next pair can happen together with the chain.
//
//go:norace
func (s *search) compatible(chain []int, next int) bool {
	n := &s.pairs[next]
	for _, i := range chain {
		p := &s.pairs[i]
		if p.goer == n.goer || guarded(p, n) {
			return false
		}
		if p.at < s.goers[n.goer].born || n.at < s.goers[p.goer].born {
			return false // the one was over before the other began
		}
	}
	return true
}

// guarded reports whether both hold one lock, so that they never meet.
//
//go:norace
func guarded(a, b *pair) bool {
	for i := range a.n {
		for k := range b.n {
			if x, y := &a.all[i], &b.all[k]; x.lock == y.lock && (x.write || y.write) {
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

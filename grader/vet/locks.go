package vet

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
)

// lock is a mutex, and which half of it where it has two.
type lock struct {
	place
	read bool
}

// lockOp is what a call does to a lock.
type lockOp int

const (
	take lockOp = iota
	try
	release
)

// lockCall is one call, in the body of one function.
type lockCall struct {
	lock
	op   lockOp
	last *types.Var // see spot
	call *ast.CallExpr

	deferred bool // by a defer statement of its own
}

// lockOps knows the methods. A sync.Locker is left out: it is some other lock.
var lockOps = map[string]struct {
	op   lockOp
	read bool
}{
	"Mutex.Lock": {take, false}, "Mutex.TryLock": {try, false}, "Mutex.Unlock": {release, false},
	"RWMutex.Lock": {take, false}, "RWMutex.TryLock": {try, false}, "RWMutex.Unlock": {release, false},
	"RWMutex.RLock": {take, true}, "RWMutex.TryRLock": {try, true}, "RWMutex.RUnlock": {release, true},
}

// locks are all calls on locks in a package.
type locks struct {
	calls map[*function][]lockCall // in the order of the source
	of    map[*ast.CallExpr]lockCall
	backs []handBack
}

// handBack is a release of a lock that its function has not taken before.
type handBack struct {
	lockCall
	in *function
}

// locksOf finds them, once.
func (p *program) locksOf() *locks {
	if p.locks != nil {
		return p.locks
	}
	p.locks = &locks{calls: make(map[*function][]lockCall), of: make(map[*ast.CallExpr]lockCall)}
	for _, f := range p.functions {
		defers := make(map[*ast.CallExpr]bool)
		own(f.body, func(n ast.Node) {
			if d, ok := n.(*ast.DeferStmt); ok {
				defers[d.Call] = true
			}
			if call, ok := n.(*ast.CallExpr); ok {
				if c, ok := p.lockCall(call); ok {
					c.deferred = defers[call]
					p.locks.calls[f] = append(p.locks.calls[f], c)
					p.locks.of[call] = c
				}
			}
		})
		slices.SortFunc(p.locks.calls[f], func(a, b lockCall) int { return cmp.Compare(a.call.Pos(), b.call.Pos()) })
		p.locks.handsBack(f)
	}
	return p.locks
}

// lockCall reads one call.
func (p *program) lockCall(call *ast.CallExpr) (lockCall, bool) {
	name, on, ok := p.method(call)
	known, is := lockOps[name]
	if !ok || !is {
		return lockCall{}, false
	}
	return lockCall{lock: lock{on.place, known.read}, op: known.op, last: on.last, call: call}, true
}

// handsBack adds what f releases without having taken it, before or after a
// defer, and without a function around it having done so.
func (l *locks) handsBack(f *function) {
	taken := make(map[lock]bool)
	for outer := f.outer; outer != nil; outer = outer.outer {
		for _, c := range l.calls[outer] {
			taken[c.lock] = taken[c.lock] || c.op != release
		}
	}
	for _, c := range l.calls[f] {
		if c.op != release {
			taken[c.lock] = true
		}
	}
	seen := make(map[lock]bool)
	for _, c := range l.calls[f] {
		seen[c.lock] = seen[c.lock] || c.op != release
		if c.op == release && (!taken[c.lock] || !seen[c.lock] && f.lit == nil && !c.deferred) {
			l.backs = append(l.backs, handBack{c, f})
		}
	}
}

// releasedElsewhere reports whether somebody may release for f what c takes: a
// function other than f and the literals in it, or these by another name of the
// same lock.
func (p *program) releasedElsewhere(c lockCall, f *function) bool {
	return slices.ContainsFunc(p.locksOf().backs, func(b handBack) bool {
		return b.last == c.last && b.read == c.read && (!b.in.inside(f) || b.lock != c.lock)
	})
}

// releases reports whether n, or a literal in it, releases the lock.
func (p *program) releases(n ast.Node, l lock) bool {
	found := !p.spend(n)
	ast.Inspect(n, func(m ast.Node) bool {
		if call, ok := m.(*ast.CallExpr); ok && !found {
			if c, ok := p.locksOf().of[call]; ok && c.op == release && c.lock == l {
				found = true
			}
		}
		return !found
	})
	return found
}

// releasesForOuter reports whether a literal, or one in it, releases the lock
// without having taken it itself.
func (p *program) releasesForOuter(lit *ast.FuncLit, l lock) bool {
	f := p.literals[lit]
	if f == nil {
		return p.releases(lit.Body, l)
	}
	for _, c := range p.locksOf().calls[f] {
		if c.lock == l {
			if c.op == release && !c.deferred {
				return true
			}
			if c.op != release {
				return false
			}
		}
	}
	return p.releases(f.body, l)
}

// handedOn reports whether f uses the lock for anything but calls of its
// methods: gives its address away, makes a condition variable of it.
func (p *program) handedOn(f *function, l lock) bool {
	receivers := make(map[ast.Expr]bool)
	found := !p.spend(f.body)
	ast.Inspect(f.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if _, ok := p.locksOf().of[n]; ok {
				receivers[ast.Unparen(ast.Unparen(n.Fun).(*ast.SelectorExpr).X)] = true
			}
		case *ast.SelectorExpr:
			found = found || p.methodHandedOn(n, l, receivers)
			found = found || !receivers[n] && p.isPlace(n, l.place)
		case *ast.Ident:
			found = found || !receivers[n] && p.info.Uses[n] != nil && p.isPlace(n, l.place)
		}
		return !found
	})
	return found
}

// methodHandedOn reports whether sel is a method of the lock that is not called
// here, as in "return mu.Unlock".
func (p *program) methodHandedOn(sel *ast.SelectorExpr, l lock, receivers map[ast.Expr]bool) bool {
	name, on, ok := p.methodValue(sel)
	_, is := lockOps[name]
	return ok && is && on.place == l.place && !receivers[ast.Unparen(sel.X)]
}

func (p *program) isPlace(e ast.Expr, pl place) bool {
	s, ok := p.spotOf(e)
	return ok && s.place == pl
}

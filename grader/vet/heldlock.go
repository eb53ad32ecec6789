package vet

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// heldlock finds a lock that some path out of a function leaves locked. Where
// another function may release it for this one, it is silent.
var heldlock = ours("heldlock", "find a lock that is not released on every path", func(pass *analysis.Pass, p *program) {
	for _, f := range p.functions {
		if f.decl != nil && locksByName(f.decl.Name.Name) {
			continue
		}
		met := make(map[lock]bool)
		for _, c := range p.locksOf().calls[f] {
			// Who releases a lock first is called with the lock held.
			if c.op == take && !met[c.lock] && p.answersFor(f, c) {
				p.leftLocked(pass, f, c.lock)
			}
			met[c.lock] = true
		}
	}
})

// locksByName reports whether a function says that it returns with a lock held.
func locksByName(name string) bool {
	name = strings.ToLower(name)
	for _, prefix := range []string{"lock", "rlock", "acquire", "trylock"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// answersFor reports whether f, and nobody else, has to release what c takes.
func (p *program) answersFor(f *function, c lockCall) bool {
	for _, other := range p.locksOf().calls[f] {
		if other.op == try && other.lock == c.lock || other.last == c.last && p.assigned(f.body, other.place) {
			return false
		}
	}
	if p.releasedElsewhere(c, f) || p.handedOn(f, c.lock) {
		return false
	}
	if p.releases(f.body, c.lock) {
		return true
	}
	_, pointer := c.last.Type().Underlying().(*types.Pointer)
	outside := c.last.Exported() && (c.last.IsField() || c.last.Parent() == c.last.Pkg().Scope())
	return !pointer && !outside
}

// leftLocked walks through f and remarks on each call after which a path leaves
// the lock locked, or comes to take it again. The phase is the number of that
// call, from 1.
func (p *program) leftLocked(pass *analysis.Pass, f *function, l lock) {
	var takes []*ast.CallExpr
	left := make(map[int]token.Pos)
	leave := func(phase int, at token.Pos) {
		if first, ok := left[phase]; phase > 0 && (!ok || at < first) {
			left[phase] = at
		}
	}
	for _, c := range p.locksOf().calls[f] {
		if c.lock == l && c.op == take {
			takes = append(takes, c.call)
		}
	}
	again := !l.read && !p.anewInLoop(f, l.root, takes[0])
	complete := p.pathsOf(f).walk(route{
		node: func(n ast.Node, phase int) int {
			return p.lockPhase(n, l, phase, takes, func(at token.Pos, phase int) {
				if again {
					leave(phase, at)
				}
			})
		},
		exit: func(ret *ast.ReturnStmt, phase int) { leave(phase, ret.Return) },
	})
	for phase, at := range left {
		if complete {
			pass.Reportf(takes[phase-1].Pos(), "the lock is not released on every path: it is held on the one through line %d", pass.Fset.Position(at).Line)
		}
	}
}

// lockPhase is the phase after a node. What defers a release, or hands one to
// somebody in a literal, ends the search on its path.
func (p *program) lockPhase(n ast.Node, l lock, phase int, takes []*ast.CallExpr, retake func(token.Pos, int)) int {
	_, isDefer := n.(*ast.DeferStmt)
	_, isGo := n.(*ast.GoStmt)
	own(n, func(m ast.Node) {
		switch m := m.(type) {
		case *ast.FuncLit:
			if p.releasesForOuter(m, l) {
				phase = off
			}
		case *ast.CallExpr:
			c, ok := p.locksOf().of[m]
			if !ok || c.lock != l || phase == off {
				return
			}
			switch {
			case c.op == release && (isDefer || isGo):
				phase = off
			case c.op == release:
				phase = 0
			case c.op == take:
				retake(m.Pos(), phase)
				phase = slices.Index(takes, m) + 1
			}
		}
	})
	return phase
}

// anewInLoop reports whether the variable is another one in each round of a loop
// around the node.
func (p *program) anewInLoop(f *function, v *types.Var, n ast.Node) bool {
	return slices.ContainsFunc(p.loopsOf(f.body), func(l loop) bool {
		return covers(l.stmt, n) && covers(l.stmt, varNode{v})
	})
}

// varNode is where a variable is declared, as a node.
type varNode struct{ *types.Var }

// End is right behind the beginning.
func (n varNode) End() token.Pos { return n.Pos() + 1 }

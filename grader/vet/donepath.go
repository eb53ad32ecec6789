package vet

import (
	"go/ast"
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/analysis"
)

// donepath finds a goroutine that calls Done on one way out and not on another.
// It looks at literals that a go statement starts, of which an Add before it
// expects one Done each.
var donepath = ours("donepath", "find a goroutine that calls Done on some paths only", func(pass *analysis.Pass, p *program) {
	for _, f := range p.functions {
		if f.by == nil || f.outer == nil {
			continue
		}
		seen := make(map[place]bool)
		ast.Inspect(f.body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name, on, ok := p.method(call)
			if ok && name == "WaitGroup.Done" && !seen[on.place] && p.owesOneDone(f, on) {
				p.skipsDone(pass, f, on, call)
			}
			seen[on.place] = true
			return true
		})
	}
})

// owesOneDone reports whether each goroutine of f has to call Done once, and
// nobody but its own body does so.
func (p *program) owesOneDone(f *function, on spot) bool {
	if p.assigned(f.outer.body, on.place) || !p.spend(f.outer.body) {
		return false
	}
	announced := false
	own(f.outer.body, func(n ast.Node) {
		add, ok := n.(*ast.CallExpr)
		if !ok || add.Pos() > f.by.Pos() {
			return
		}
		if name, to, ok := p.method(add); ok && name == "WaitGroup.Add" && to.place == on.place {
			announced = announced || p.loopAround(f.outer.body, add) == p.loopAround(f.outer.body, f.by) || !p.isConstant(add.Args[0], 1)
		}
	})
	return announced && !p.doneByOthers(f, on)
}

// doneByOthers reports whether Done may be called by something else than f and
// what it defers: another literal, a function of this package, or whoever is
// given the group. A Done in a loop belongs to what comes in its rounds.
func (p *program) doneByOthers(f *function, on spot) bool {
	others, seen := false, make(map[*function]bool)
	ast.Inspect(f.body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || others {
			return !others
		}
		if name, of, ok := p.method(call); ok && name == "WaitGroup.Done" && of.place == on.place {
			others = p.loopAround(f.body, call) != nil
		}
		if g := p.declaredCallee(call); g != nil {
			others = others || p.mayDone(g, on, seen)
		}
		for _, arg := range call.Args {
			others = others || p.isPlace(arg, on.place)
		}
		return true
	})
	for _, g := range p.functions {
		others = others || g.outer == f && g.role != deferred && p.callsDone(g.body, on)
	}
	return others
}

// mayDone reports whether g, or what it calls in this package, calls Done on a
// group that may be the same.
func (p *program) mayDone(g *function, on spot, seen map[*function]bool) bool {
	if seen[g] {
		return false
	}
	seen[g] = true
	found := p.callsDone(g.body, on)
	ast.Inspect(g.body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			if next := p.declaredCallee(call); next != nil {
				found = p.mayDone(next, on, seen)
			}
		}
		return !found
	})
	return found
}

// callsDone reports whether n, or a literal in it, calls Done on a group with
// the same last field or variable.
func (p *program) callsDone(n ast.Node, on spot) bool {
	found := !p.spend(n)
	ast.Inspect(n, func(m ast.Node) bool {
		if call, ok := m.(*ast.CallExpr); ok {
			if name, of, ok := p.method(call); ok && name == "WaitGroup.Done" && of.last == on.last {
				found = true
			}
		}
		return !found
	})
	return found
}

// skipsDone walks through f and remarks on its first call of Done, if some way
// out is without any.
func (p *program) skipsDone(pass *analysis.Pass, f *function, on spot, call *ast.CallExpr) {
	skipped := token.NoPos
	complete := p.pathsOf(f).walk(route{
		node: func(n ast.Node, phase int) int {
			if p.callsDone(n, on) {
				return off
			}
			return phase
		},
		exit: func(ret *ast.ReturnStmt, _ int) {
			if skipped == token.NoPos || ret.Return < skipped {
				skipped = ret.Return
			}
		},
	})
	if complete && skipped != token.NoPos {
		pass.Reportf(call.Pos(), "Done is not called on every path: line %d leaves without it", pass.Fset.Position(skipped).Line)
	}
}

// isConstant reports whether e is this number, as far as the compiler knows.
func (p *program) isConstant(e ast.Expr, n int64) bool {
	v := p.info.Types[e].Value
	if v == nil || v.Kind() != constant.Int {
		return false
	}
	got, exact := constant.Int64Val(v)
	return exact && got == n
}

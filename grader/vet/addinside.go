package vet

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
)

// addinside finds a goroutine that announces itself to a WaitGroup: it calls Add,
// then Done, and who started it has called no Add for it. go vet and staticcheck
// see this only where Add is the first statement of a literal.
var addinside = ours("addinside", "find a WaitGroup.Add in the goroutine that it announces", func(pass *analysis.Pass, p *program) {
	told := make(map[*ast.CallExpr]bool)
	for _, f := range p.functions {
		for _, s := range p.startsOf(f) {
			if _, ok := s.stmt.(*ast.GoStmt); !ok || s.runs == nil {
				continue
			}
			add, on, ok := p.announcesItself(s.runs)
			if !ok || told[add] {
				continue
			}
			if at, ok := p.seenFrom(f, s, on); ok && !p.addsBefore(f, s, at, add) {
				told[add] = true
				pass.Reportf(add.Pos(), "Add is called in the goroutine that it announces")
			}
		}
	}
})

// announcesItself finds an Add(1) among the statements of g with the Done behind
// it, and no goroutine started between the two, which might be meant.
func (p *program) announcesItself(g *function) (add *ast.CallExpr, on spot, ok bool) {
	for _, s := range g.body.List {
		e, isExpr := s.(*ast.ExprStmt)
		if !isExpr {
			continue
		}
		call, isCall := e.X.(*ast.CallExpr)
		if !isCall {
			continue
		}
		if name, of, ok := p.method(call); ok && name == "WaitGroup.Add" && p.isConstant(call.Args[0], 1) && p.doneFollows(g, of, call.Pos()) {
			return call, of, true
		}
	}
	return nil, spot{}, false
}

// doneFollows reports whether the first Done of g, or of what it defers, stands
// behind this place, and no start between them.
func (p *program) doneFollows(g *function, on spot, after token.Pos) bool {
	first := token.NoPos
	if !p.spend(g.body) {
		return false
	}
	for _, in := range append([]*function{g}, g.inner...) {
		if in != g && in.role != deferred {
			continue
		}
		own(in.body, func(n ast.Node) {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return
			}
			if name, of, ok := p.method(call); ok && name == "WaitGroup.Done" && of.place == on.place && (first == token.NoPos || call.Pos() < first) {
				first = call.Pos()
			}
		})
	}
	for _, s := range p.startsOf(g) {
		if after < s.stmt.Pos() && s.stmt.Pos() < first {
			return false
		}
	}
	return first > after
}

// addsBefore reports whether f, or what it stands in, calls Add before the start
// s, by another call than the given one.
func (p *program) addsBefore(f *function, s start, on spot, not *ast.CallExpr) bool {
	found := !p.spend(f.body)
	for ; f != nil; f = f.outer {
		own(f.body, func(n ast.Node) {
			if call, ok := n.(*ast.CallExpr); ok && call != not && call.Pos() < s.stmt.Pos() {
				name, of, ok := p.method(call)
				found = found || ok && name == "WaitGroup.Add" && of.place == on.place
			}
		})
	}
	return found
}

package vet

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"
)

// doubleclose finds two closes of one channel that both run in one execution:
// one after the other, one deferred, or one in each of several goroutines.
var doubleclose = ours("doubleclose", "find a channel that is closed twice", func(pass *analysis.Pass, p *program) {
	d := &closing{program: p, pass: pass, of: make(map[*function][]closeCall), told: make(map[token.Pos]bool)}
	for _, f := range p.functions {
		d.of[f] = p.closesIn(f)
	}
	for _, f := range p.functions {
		for _, c := range d.of[f] {
			if !c.guarded && !p.assigned(f.body, c.place) {
				d.inPaths(f, c)
			}
		}
		d.inGoroutines(f)
	}
})

// closing is the search through one package.
type closing struct {
	*program
	pass *analysis.Pass
	of   map[*function][]closeCall
	told map[token.Pos]bool
}

func (d *closing) tell(c closeCall) {
	if !d.told[c.call.Pos()] {
		d.told[c.call.Pos()] = true
		d.pass.Reportf(c.call.Pos(), "%s is closed twice in one execution", types.ExprString(c.call.Args[0]))
	}
}

// meetings is how paths come from one close to the others, by their number.
type meetings struct {
	after, before map[int]bool // a path comes there with, or without the first close behind it
	alone         bool         // a path leaves with the first close behind it, and no other
}

// inPaths remarks on the closes of f that follow c for certain: every path from c
// comes to them, or every path to them from c. So each that runs is the second.
func (d *closing) inPaths(f *function, c closeCall) {
	m := d.meet(f, c)
	if m == nil {
		return
	}
	for i, other := range d.of[f] {
		if other.place != c.place || other.guarded || !m.after[i] {
			continue
		}
		loop := d.loopAround(f.body, c.call)
		switch {
		case other.call != c.call && (!m.before[i] || !m.alone):
			d.tell(later(c, other))
		case other.call == c.call && loop != nil && d.repeats(loop, c):
			d.tell(c)
		}
	}
}

// later is the one that stands behind the other.
func later(a, b closeCall) closeCall {
	if a.call.Pos() > b.call.Pos() {
		return a
	}
	return b
}

// meet walks through f. The phase is 1 behind the close c.
func (d *closing) meet(f *function, c closeCall) *meetings {
	m := &meetings{after: make(map[int]bool), before: make(map[int]bool)}
	leave := func(phase int) { m.alone = m.alone || phase == 1 }
	at := d.closesAt(f, c.place)
	complete := d.pathsOf(f).walk(route{
		node: func(n ast.Node, phase int) int {
			if declares(n, c.root) {
				leave(phase)
				phase = 0
			}
			for _, i := range at(n) {
				other := d.of[f][i]
				if phase == 1 {
					m.after[i] = true
					return off
				}
				m.before[i] = true
				if other.call == c.call {
					phase = 1
				}
			}
			return phase
		},
		edge: func(_, to *cfg.Block, phase int) int {
			if r, ok := to.Stmt.(*ast.RangeStmt); ok && to.Kind == cfg.KindRangeBody && covers(r, varNode{c.root}) && !covers(r.Body, varNode{c.root}) {
				leave(phase)
				return 0
			}
			return phase
		},
		exit: func(_ *ast.ReturnStmt, phase int) { leave(phase) },
	})
	if !complete {
		return nil
	}
	return m
}

// closesAt finds the closes of one channel in a node, by their number.
func (d *closing) closesAt(f *function, pl place) func(ast.Node) []int {
	known := make(map[ast.Node][]int)
	return func(n ast.Node) []int {
		list, ok := known[n]
		if !ok {
			d.text -= len(d.of[f])
			for i, c := range d.of[f] {
				if c.place == pl && covers(n, c.call) && !d.apart(n, c) {
					list = append(list, i)
				}
			}
			known[n] = list
		}
		return list
	}
}

// apart reports whether the close stands in a literal in n that need not run: n
// does not defer it, or the literal closes on a condition.
func (d *closing) apart(n ast.Node, c closeCall) bool {
	if c.in.lit == nil || !covers(n, c.in.lit) {
		return false
	}
	_, defers := n.(*ast.DeferStmt)
	return !defers || !c.always
}

// declares reports whether n makes the variable anew.
func declares(n ast.Node, v *types.Var) bool {
	switch n.(type) {
	case *ast.AssignStmt, *ast.ValueSpec:
		return covers(n, varNode{v})
	}
	return false
}

// repeats reports whether each round of the loop closes the channel, which is the
// same in all: nothing behind the close leaves the loop.
func (d *closing) repeats(l ast.Stmt, c closeCall) bool {
	var list []ast.Stmt
	switch l := l.(type) {
	case *ast.ForStmt:
		list = l.Body.List
	case *ast.RangeStmt:
		list = l.Body.List
		if d.isConstant(l.X, 1) {
			return false
		}
	}
	direct := false
	for _, s := range list {
		if e, ok := s.(*ast.ExprStmt); ok && e.X == c.call {
			direct = true
		}
		if direct && leavesLoop(s) {
			return false
		}
	}
	return direct && !covers(l, varNode{c.root})
}

// inGoroutines remarks on closes that run once in each of several goroutines of
// f, or in one of them and in f as well.
func (d *closing) inGoroutines(f *function) {
	certain, top := make(map[place]closeCall), statements(f.body)
	meet := func(c closeCall, at place) {
		if first, ok := certain[at]; ok && (first.call != c.call || first.in != f) {
			d.tell(later(first, c))
		}
		certain[at] = c
	}
	for _, s := range d.startsOf(f) {
		if s.runs == nil || s.runs == f {
			continue
		}
		loop := d.loopAround(f.body, s.stmt)
		for _, c := range d.of[s.runs] {
			at, ok := d.seenFrom(f, s, c.spot)
			if !ok || !c.always || c.guarded || d.assigned(f.body, at.place) {
				continue
			}
			if loop != nil && d.startsMany(loop) && !covers(loop, varNode{at.root}) {
				d.tell(c)
			}
			if _, isGo := s.stmt.(*ast.GoStmt); isGo && isStatement(f.body, s.stmt) || top[s.call] {
				meet(c, at.place)
			}
		}
	}
	for _, c := range d.of[f] {
		if c.always && !c.guarded && certain[c.place].call != nil && certain[c.place].in != c.in {
			meet(c, c.place)
		}
	}
}

func isStatement(body *ast.BlockStmt, n ast.Node) bool {
	return slices.ContainsFunc(body.List, func(s ast.Stmt) bool { return s == n })
}

// startsMany reports whether a loop may have more than one round.
func (d *closing) startsMany(l ast.Stmt) bool {
	var list []ast.Stmt
	switch l := l.(type) {
	case *ast.ForStmt:
		list = l.Body.List
	case *ast.RangeStmt:
		list = l.Body.List
		if d.isConstant(l.X, 1) {
			return false
		}
	}
	switch last := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return false
	case *ast.BranchStmt:
		return last.Tok == token.CONTINUE
	}
	return true
}

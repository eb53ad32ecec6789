package vet

import (
	"go/ast"
	"slices"
)

// loop is a loop of a body, and what its rounds run.
type loop struct {
	stmt ast.Stmt
	body *ast.BlockStmt
}

// loopsOf lists the loops of a body, an inner one after what it is in.
func (p *program) loopsOf(body *ast.BlockStmt) []loop {
	list, known := p.loops[body]
	if known {
		return list
	}
	own(body, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.ForStmt:
			list = append(list, loop{n, n.Body})
		case *ast.RangeStmt:
			list = append(list, loop{n, n.Body})
		}
	})
	p.loops[body] = list
	return list
}

// loopAround is the innermost loop in body whose rounds run n, or nil.
func (p *program) loopAround(body *ast.BlockStmt, n ast.Node) ast.Stmt {
	for _, l := range slices.Backward(p.loopsOf(body)) {
		if covers(l.body, n) {
			return l.stmt
		}
	}
	return nil
}

// covers reports whether inner stands in outer.
func covers(outer, inner ast.Node) bool {
	return outer.Pos() <= inner.Pos() && inner.Pos() < outer.End()
}

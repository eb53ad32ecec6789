package vet

import "go/ast"

// loopAround is the innermost loop in body whose rounds run n, or nil. What
// stands in a literal is run by that, not by body.
func loopAround(body *ast.BlockStmt, n ast.Node) ast.Stmt {
	var loop ast.Stmt
	own(body, func(m ast.Node) {
		var inner *ast.BlockStmt
		switch m := m.(type) {
		case *ast.ForStmt:
			inner = m.Body
		case *ast.RangeStmt:
			inner = m.Body
		default:
			return
		}
		if covers(inner, n) {
			loop = m.(ast.Stmt)
		}
	})
	return loop
}

func inLoop(body *ast.BlockStmt, n ast.Node) bool { return loopAround(body, n) != nil }

// covers reports whether inner stands in outer.
func covers(outer, inner ast.Node) bool {
	return outer.Pos() <= inner.Pos() && inner.Pos() < outer.End()
}

package vet

import (
	"go/ast"
	"go/token"
)

// closeCall is one close.
type closeCall struct {
	spot
	call    *ast.CallExpr
	in      *function // the function itself, or a literal that it defers
	always  bool      // it is a statement of the body itself
	guarded bool      // a select looks first whether the channel is closed
}

// closesIn lists the closes of f, and of the literals that it defers.
func (p *program) closesIn(f *function) []closeCall {
	var list []closeCall
	for _, g := range append([]*function{f}, f.inner...) {
		if g != f && g.role != deferred {
			continue
		}
		top, guards := statements(g.body), p.closeGuards(g.body)
		own(g.body, func(n ast.Node) {
			call, ok := n.(*ast.CallExpr)
			if !ok || !p.builtin(call, "close") || len(call.Args) != 1 {
				return
			}
			if s, ok := p.spotOf(call.Args[0]); ok {
				c := closeCall{spot: s, call: call, in: g, always: top[call]}
				for _, guard := range guards[s.place] {
					c.guarded = c.guarded || covers(guard, call)
				}
				list = append(list, c)
			}
		})
	}
	return list
}

// statements lists the calls that are statements of the body itself, deferred or
// not.
func statements(body *ast.BlockStmt) map[*ast.CallExpr]bool {
	top := make(map[*ast.CallExpr]bool)
	for _, s := range body.List {
		switch s := s.(type) {
		case *ast.ExprStmt:
			if call, ok := s.X.(*ast.CallExpr); ok {
				top[call] = true
			}
		case *ast.DeferStmt:
			top[s.Call] = true
		}
	}
	return top
}

// closeGuards lists the selects by the channel that they receive from.
func (p *program) closeGuards(body *ast.BlockStmt) map[place][]ast.Node {
	guards := make(map[place][]ast.Node)
	own(body, func(n ast.Node) {
		s, ok := n.(*ast.SelectStmt)
		if !ok {
			return
		}
		for _, clause := range s.Body.List {
			comm := clause.(*ast.CommClause).Comm
			if comm == nil {
				continue
			}
			own(comm, func(m ast.Node) {
				if recv, ok := m.(*ast.UnaryExpr); ok && recv.Op == token.ARROW {
					if on, ok := p.spotOf(recv.X); ok {
						guards[on.place] = append(guards[on.place], s)
					}
				}
			})
		}
	})
	return guards
}

// leavesLoop reports whether a statement of a loop may leave it.
func leavesLoop(s ast.Stmt) bool {
	found := false
	own(s, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			found = true
		case *ast.BranchStmt:
			found = found || n.Tok == token.BREAK || n.Tok == token.GOTO
		}
	})
	return found
}

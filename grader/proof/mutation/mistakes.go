package mutation

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// visit looks for mistakes that can be made at one node.
func (m *mutator) visit(n ast.Node, around []ast.Node) bool {
	switch n := n.(type) {
	case *ast.ExprStmt:
		m.statement(n, n.X, around)
	case *ast.DeferStmt:
		m.statement(n, n.Call, around)
	case *ast.GoStmt:
		m.add("drop-go", n, edit{m.base.Offset(n.Go), m.base.Offset(n.Call.Pos()), ""})
	case *ast.CallExpr:
		m.call(n)
	case *ast.SelectStmt:
		m.choice(n)
	case *ast.ReturnStmt:
		m.result(n)
	}
	return true
}

// statement is a call or a receive that stands alone, or a deferred call.
func (m *mutator) statement(s ast.Stmt, x ast.Expr, around []ast.Node) {
	switch x := ast.Unparen(x).(type) {
	case *ast.UnaryExpr:
		if _, chosen := around[len(around)-1].(*ast.CommClause); x.Op == token.ARROW && !chosen {
			m.add("drop-receive", s, m.instead(s, "_ = "+m.code(x.X)))
		}
	case *ast.CallExpr:
		switch fun := ast.Unparen(x.Fun).(type) {
		case *ast.Ident:
			m.plainCall(s, fun, x)
		case *ast.SelectorExpr:
			m.methodCall(s, fun, x, around)
		}
	}
}

// plainCall is close(channel) or cancel(). What it names stays used.
func (m *mutator) plainCall(s ast.Stmt, fun *ast.Ident, call *ast.CallExpr) {
	switch {
	case fun.Name == "close" && len(call.Args) == 1:
		m.add("drop-close", s, m.instead(s, "_ = "+m.code(call.Args[0])))
	case len(call.Args) == 0 && (strings.HasPrefix(fun.Name, "cancel") || strings.HasPrefix(fun.Name, "stop")):
		m.add("drop-cancel", s, m.instead(s, "_ = "+fun.Name))
	}
}

// methodCall is what orders goroutines: a lock, a group, a timer.
func (m *mutator) methodCall(s ast.Stmt, fun *ast.SelectorExpr, call *ast.CallExpr, around []ast.Node) {
	switch fun.Sel.Name {
	case "Unlock", "RUnlock":
		m.add("drop-unlock", s, m.instead(s, ""))
		if d, ok := s.(*ast.DeferStmt); ok {
			m.add("unlock-early", s, edit{m.base.Offset(d.Defer), m.base.Offset(d.Call.Pos()), ""})
		}
	case "Lock", "RLock":
		m.unguard(s, m.code(fun.X), around)
	case "Add":
		m.addInside(s, around)
	case "Done":
		m.add("drop-done", s, m.instead(s, ""))
	case "Wait":
		m.add("drop-wait", s, m.instead(s, ""))
	case "Stop":
		m.add("drop-stop", s, m.instead(s, ""))
	case "Go":
		if len(call.Args) == 1 {
			m.add("not-waited-for", s, edit{m.base.Offset(s.Pos()), m.base.Offset(call.Lparen), "go "}, m.before(s.End(), "()"))
		}
	}
}

// unguard takes a lock away from one function, with all that releases it there.
func (m *mutator) unguard(s ast.Stmt, lock string, around []ast.Node) {
	var edits []edit
	ast.Inspect(body(around), func(n ast.Node) bool {
		var call *ast.CallExpr
		switch n := n.(type) {
		case *ast.ExprStmt:
			call, _ = n.X.(*ast.CallExpr)
		case *ast.DeferStmt:
			call = n.Call
		}
		if call == nil {
			return true
		}
		fun, ok := call.Fun.(*ast.SelectorExpr)
		if ok && m.code(fun.X) == lock && slices.Contains([]string{"Lock", "Unlock", "RLock", "RUnlock"}, fun.Sel.Name) {
			edits = append(edits, m.instead(n, ""))
		}
		return true
	})
	m.add("drop-lock", s, edits...)
}

// body is that of the innermost function around.
func body(around []ast.Node) ast.Node {
	for _, n := range slices.Backward(around) {
		switch n := n.(type) {
		case *ast.FuncLit:
			return n.Body
		case *ast.FuncDecl:
			return n.Body
		}
	}
	return &ast.BlockStmt{} // a statement stands in a function
}

// addInside moves what counts a goroutine into it.
func (m *mutator) addInside(s ast.Stmt, around []ast.Node) {
	block, ok := around[len(around)-1].(*ast.BlockStmt)
	if !ok {
		return
	}
	i := slices.Index(block.List, s) + 1
	if i >= len(block.List) {
		return
	}
	ast.Inspect(block.List[i], func(n ast.Node) bool {
		g, ok := n.(*ast.GoStmt)
		if !ok {
			return true
		}
		if lit, ok := g.Call.Fun.(*ast.FuncLit); ok {
			m.add("add-inside", s, m.instead(s, ""), m.before(lit.Body.Lbrace+1, " "+m.code(s)+"; "))
		}
		return false
	})
}

// call is a call anywhere: the room of a channel, and whose context goes down.
func (m *mutator) call(c *ast.CallExpr) {
	if fun, ok := c.Fun.(*ast.Ident); ok && fun.Name == "make" && len(c.Args) == 2 {
		if _, ok := c.Args[0].(*ast.ChanType); ok {
			m.add("drop-buffer", c, edit{m.base.Offset(c.Args[0].End()), m.base.Offset(c.Rparen), ""})
			if _, literal := c.Args[1].(*ast.BasicLit); !literal {
				m.add("one-more", c, m.before(c.Args[1].End(), "+1"))
			}
		}
	}
	for _, arg := range c.Args {
		if id, ok := arg.(*ast.Ident); ok && id.Name == "ctx" {
			m.add("lose-context", c, m.instead(id, "context.WithoutCancel(ctx)"))
		}
	}
}

// choice is a select: without one of its branches, or with a send alone.
func (m *mutator) choice(s *ast.SelectStmt) {
	if len(s.Body.List) < 2 {
		return
	}
	for _, stmt := range s.Body.List {
		clause := stmt.(*ast.CommClause)
		if _, ok := clause.Comm.(*ast.SendStmt); !ok {
			name := "drop-case"
			if clause.Comm == nil {
				name = "drop-default"
			}
			m.add(name, clause, m.instead(clause, ""))
			continue
		}
		var others []edit
		for _, other := range s.Body.List {
			if other != stmt {
				others = append(others, m.instead(other, ""))
			}
		}
		m.add("send-unguarded", clause, others...)
	}
}

// result is an error that nobody is told of.
func (m *mutator) result(r *ast.ReturnStmt) {
	if len(r.Results) == 0 {
		return
	}
	last := r.Results[len(r.Results)-1]
	switch x := last.(type) {
	case *ast.Ident:
		if x.Name == "err" || strings.HasPrefix(x.Name, "Err") {
			m.add("drop-error", r, m.instead(last, "nil"))
		}
	case *ast.CallExpr:
		if fun, ok := x.Fun.(*ast.SelectorExpr); ok && (fun.Sel.Name == "Err" || fun.Sel.Name == "Cause") {
			m.add("drop-error", r, m.instead(last, "nil"))
		}
	}
}

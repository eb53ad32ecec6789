package vet

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// slowcase finds a select that has to call something before it can wait: the
// operands of all cases are worked out first, and no case is heard meanwhile. A
// select with a default, or with one case, has nothing to hear.
var slowcase = ours("slowcase", "find a select case that makes a slow call first", func(pass *analysis.Pass, p *program) {
	quick := newQuickness(pass.Pkg, p)
	for _, f := range p.functions {
		own(f.body, func(n ast.Node) {
			if s, ok := n.(*ast.SelectStmt); ok && len(s.Body.List) > 1 && !hasDefault(s) {
				for _, clause := range s.Body.List {
					quick.remark(pass, clause.(*ast.CommClause).Comm)
				}
			}
		})
	}
})

func hasDefault(s *ast.SelectStmt) bool {
	for _, clause := range s.Body.List {
		if clause.(*ast.CommClause).Comm == nil {
			return true
		}
	}
	return false
}

// quickness tells the calls that return at once.
type quickness struct {
	*program
	pkg    *types.Package
	begins map[types.Object]*function // by the variable that begins with it
	known  map[*function]bool         // while a function is being looked at, it is quick
}

func newQuickness(pkg *types.Package, p *program) *quickness {
	q := &quickness{program: p, pkg: pkg, begins: make(map[types.Object]*function), known: make(map[*function]bool)}
	for _, f := range p.functions {
		own(f.body, func(n ast.Node) {
			a, ok := n.(*ast.AssignStmt)
			for i := 0; ok && i < len(a.Rhs) && len(a.Lhs) == len(a.Rhs); i++ {
				id, isIdent := a.Lhs[i].(*ast.Ident)
				lit, isLit := a.Rhs[i].(*ast.FuncLit)
				if isIdent && isLit && p.info.Defs[id] != nil {
					q.begins[p.info.Defs[id]] = p.literals[lit]
				}
			}
		})
	}
	return q
}

// remark looks at what a case works out before the select waits.
func (q *quickness) remark(pass *analysis.Pass, comm ast.Stmt) {
	send, isSend := comm.(*ast.SendStmt)
	if isSend {
		q.remarkOn(pass, send.Chan, false)
		q.remarkOn(pass, send.Value, true)
		return
	}
	var recv ast.Expr
	switch comm := comm.(type) {
	case *ast.ExprStmt:
		recv = comm.X
	case *ast.AssignStmt:
		recv = comm.Rhs[0]
	}
	if recv, ok := ast.Unparen(recv).(*ast.UnaryExpr); ok {
		q.remarkOn(pass, recv.X, false)
	}
}

// remarkOn remarks on the first thing in e that may take a while. Of a call that
// gives the channel itself, and has no argument, one expects that it does not.
func (q *quickness) remarkOn(pass *analysis.Pass, e ast.Expr, value bool) {
	var slow ast.Node
	if _, ok := ast.Unparen(e).(*ast.FuncLit); ok {
		return
	}
	own(e, func(n ast.Node) {
		if slow != nil {
			return
		}
		if call, ok := n.(*ast.CallExpr); ok && q.waits(call) && (value || len(call.Args) > 0 || q.declaredCallee(call) != nil) {
			slow = n
		}
		if recv, ok := n.(*ast.UnaryExpr); ok && recv.Op == token.ARROW {
			slow = n
		}
	})
	if slow != nil {
		pass.Reportf(slow.Pos(), "this is done before the select waits: no other case is heard meanwhile")
	}
}

// waits reports whether a call may take a while: that of a value, or of a
// function of this package that may. The standard library's functions that have
// one result are taken to be quick.
func (q *quickness) waits(call *ast.CallExpr) bool {
	if q.info.Types[call.Fun].IsType() {
		return false
	}
	switch fn := typeutil.Callee(q.info, call).(type) {
	case *types.Builtin:
		return false
	case *types.Func:
		if g := q.declared[fn.Origin()]; g != nil {
			return !q.quick(g)
		}
		return fn.Pkg() == q.pkg // of an interface
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && q.begins[q.info.Uses[id]] != nil {
		return !q.quick(q.begins[q.info.Uses[id]])
	}
	return true
}

// quick reports whether a function neither loops nor waits nor calls what may.
// What it starts in a goroutine takes it no time.
func (q *quickness) quick(f *function) bool {
	if quick, ok := q.known[f]; ok {
		return quick
	}
	q.known[f] = true
	quick := true
	started := make(map[*ast.CallExpr]bool)
	own(f.body, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.GoStmt:
			started[n.Call] = true
		case *ast.ForStmt, *ast.RangeStmt, *ast.SendStmt:
			quick = false
		case *ast.SelectStmt:
			quick = quick && hasDefault(n)
		case *ast.UnaryExpr:
			quick = quick && n.Op != token.ARROW
		case *ast.CallExpr:
			quick = quick && (started[n] || !q.waits(n) && !isSleep(q.info, n))
		}
	})
	q.known[f] = quick
	return quick
}

// isSleep reports whether the call is one that waits, of those without a result.
func isSleep(info *types.Info, call *ast.CallExpr) bool {
	fn := typeutil.StaticCallee(info, call)
	return fn != nil && (fn.FullName() == "time.Sleep" || fn.FullName() == "(*sync.WaitGroup).Wait" || fn.FullName() == "(*sync.Cond).Wait")
}

package harness

import (
	"go/ast"
	"go/token"
	"go/types"

	"manche/grader/policy"
)

// yields finds the places for calls that let other goroutines go first: before
// each statement that has a concurrency operation of its own, after each go
// statement, and where a goroutine begins.
func yields(sub *policy.Package, f *ast.File, driver string) []edit {
	y := &yielder{sub: sub, call: driver + ".Yield();", alive: driver + ".Alive();"}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			y.list(n.List)
		case *ast.CaseClause:
			y.list(n.Body)
		case *ast.CommClause:
			y.list(n.Body)
		case *ast.GoStmt:
			y.begin(n.Call.Fun)
		case *ast.CallExpr:
			if y.starts(n) {
				y.begin(n.Args[len(n.Args)-1])
			}
		case *ast.RangeStmt:
			if y.overChannel(n) {
				y.insert(n.Body.Lbrace + 1)
			}
		}
		return true
	})
	return y.edits
}

// yielder collects the places in one file.
type yielder struct {
	sub   *policy.Package
	call  string // lets others go first
	alive string // tells that a goroutine is there
	edits []edit
}

func (y *yielder) insert(pos token.Pos) {
	y.edits = append(y.edits, edit{at: offset(y.sub.Fset, pos), text: y.call})
}

// begin marks where a goroutine begins, if it is a function literal.
func (y *yielder) begin(e ast.Expr) {
	fn, ok := ast.Unparen(e).(*ast.FuncLit)
	if !ok {
		return
	}
	at := fn.Body.Lbrace + 1
	y.edits = append(y.edits, edit{at: offset(y.sub.Fset, at), text: y.alive})
	y.insert(at)
}

// starting are the functions and methods that run their last argument in a
// goroutine of its own.
var starting = map[string]bool{
	"sync.Go": true, "context.AfterFunc": true, "time.AfterFunc": true,
	"golang.org/x/sync/errgroup.Go": true, "golang.org/x/sync/errgroup.TryGo": true,
}

// starts reports whether the call starts a goroutine.
func (y *yielder) starts(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return false
	}
	obj := y.sub.Info.Uses[sel.Sel]
	return obj != nil && obj.Pkg() != nil && starting[obj.Pkg().Path()+"."+obj.Name()]
}

// list looks at the statements of one block.
func (y *yielder) list(stmts []ast.Stmt) {
	for _, s := range stmts {
		switch s.(type) {
		case *ast.LabeledStmt, *ast.CaseClause, *ast.CommClause:
			continue // a label must stay with its statement, clauses are no statements
		}
		if y.concurrent(s) {
			y.insert(s.Pos())
		}
		if _, ok := s.(*ast.GoStmt); ok {
			y.edits = append(y.edits, edit{at: offset(y.sub.Fset, s.End()), text: ";" + y.call})
		}
	}
}

// concurrent reports whether the statement itself, nested blocks and function
// literals apart, sends, receives, starts a goroutine, or calls something that
// synchronises.
func (y *yielder) concurrent(s ast.Stmt) bool {
	found := false
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.BlockStmt, *ast.DeferStmt:
			return n == ast.Node(s)
		case *ast.SelectStmt, *ast.SendStmt, *ast.GoStmt:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.RangeStmt:
			found = found || y.overChannel(n)
		case *ast.CallExpr:
			found = found || y.synchronises(n)
		}
		return !found
	})
	return found
}

// overChannel reports whether the loop receives.
func (y *yielder) overChannel(r *ast.RangeStmt) bool {
	t := y.sub.Info.TypeOf(r.X)
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// synchronising are the packages whose calls order goroutines.
var synchronising = map[string]bool{
	"sync": true, "sync/atomic": true, "context": true,
	"golang.org/x/sync/errgroup": true, "golang.org/x/sync/semaphore": true, "golang.org/x/sync/singleflight": true,
}

// synchronises reports whether the call is close, or leads into a package that
// synchronises.
func (y *yielder) synchronises(call *ast.CallExpr) bool {
	var id *ast.Ident
	switch fn := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = fn
	case *ast.SelectorExpr:
		id = fn.Sel
	default:
		return false
	}
	obj := y.sub.Info.Uses[id]
	if b, ok := obj.(*types.Builtin); ok {
		return b.Name() == "close"
	}
	return obj != nil && obj.Pkg() != nil && synchronising[obj.Pkg().Path()]
}

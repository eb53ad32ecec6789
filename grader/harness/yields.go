package harness

import (
	"go/ast"
	"go/token"
	"go/types"

	"manche/grader/policy"
	"manche/grader/source"
)

// yields finds the places for calls that let other goroutines go first: before
// each statement that has a concurrency operation of its own, after each go
// statement, and where a goroutine begins. Begun are the functions that goroutines
// of the package are started to run; nil where nobody looks at locks.
func yields(sub *policy.Package, f *ast.File, driver string, begun map[types.Object]bool) []edit {
	y := &yielder{sub: sub, call: driver + ".Yield();", alive: driver + ".Alive();", begun: begun}
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := ast.Unparen(source.Started(sub.Info, n)).(*ast.FuncLit); ok {
			y.tell(lit.Body)
			y.insert(lit.Body.Lbrace + 1)
		}
		y.birth(n)
		switch n := n.(type) {
		case *ast.BlockStmt:
			y.list(n.List)
		case *ast.CaseClause:
			y.list(n.Body)
		case *ast.CommClause:
			y.list(n.Body)
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
	begun map[types.Object]bool
	edits []edit
}

func (y *yielder) insert(pos token.Pos) {
	y.edits = append(y.edits, edit{at: offset(y.sub.Fset, pos), text: y.call})
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
	obj := source.Named(y.sub.Info, call.Fun)
	if b, ok := obj.(*types.Builtin); ok {
		return b.Name() == "close"
	}
	return obj != nil && obj.Pkg() != nil && synchronising[obj.Pkg().Path()]
}

package harness

import (
	"fmt"
	"go/ast"
	"go/types"
	"path"
	"strings"

	"manche/grader/policy"
)

// lockCalls finds the places for calls that tell the driver who takes and who
// releases a sync.Mutex or sync.RWMutex: before each Lock, RLock, Unlock and
// RUnlock that is a statement, and beside each that is deferred.
func lockCalls(sub *policy.Package, f *ast.File, driver string) []edit {
	l := &lockFinder{sub: sub, driver: driver}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			l.list(n.List)
		case *ast.CaseClause:
			l.list(n.Body)
		case *ast.CommClause:
			l.list(n.Body)
		}
		return true
	})
	return l.edits
}

// lockFinder collects the places in one file.
type lockFinder struct {
	sub    *policy.Package
	driver string
	edits  []edit
}

// list looks at the statements of one block. A statement in any other place,
// such as the else of an if, cannot be a bare call.
func (l *lockFinder) list(stmts []ast.Stmt) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *ast.ExprStmt:
			if call, ok := s.X.(*ast.CallExpr); ok {
				if text := l.watch(call); text != "" {
					l.edits = append(l.edits, edit{at: offset(l.sub.Fset, s.Pos()), text: text + ";"})
				}
			}
		case *ast.DeferStmt:
			// Deferred calls run in reverse: ours comes after, and so runs first.
			if text := l.watch(s.Call); strings.HasPrefix(text, l.driver+".Release") {
				l.edits = append(l.edits, edit{at: offset(l.sub.Fset, s.End()), text: ";defer " + text})
			}
		}
	}
}

// watch returns the call that goes with a call of a lock's method, or "".
func (l *lockFinder) watch(call *ast.CallExpr) string {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !l.plain(sel.X) {
		return ""
	}
	selection := l.sub.Info.Selections[sel]
	if selection == nil || selection.Kind() != types.MethodVal || !ofLock(selection.Obj()) {
		return ""
	}
	address := l.address(sel.X, selection)
	if address == "" {
		return ""
	}
	at := place(l.sub.Fset, call.Pos())
	switch name := sel.Sel.Name; name {
	case "Lock", "RLock":
		return fmt.Sprintf("%s.Acquire(%s, %t, %q)", l.driver, address, name == "Lock", fmt.Sprintf("%s:%d", path.Base(at.Filename), at.Line))
	case "Unlock", "RUnlock":
		return fmt.Sprintf("%s.Release(%s)", l.driver, address)
	}
	return ""
}

// ofLock reports whether the method is one of sync.Mutex or sync.RWMutex.
func ofLock(method types.Object) bool {
	fn, ok := method.(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "sync" {
		return false
	}
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	t := strings.TrimPrefix(recv.Type().String(), "*")
	return t == "sync.Mutex" || t == "sync.RWMutex"
}

// address is an expression for the pointer to the lock: the operand, with the
// embedded fields through which the method was found.
func (l *lockFinder) address(x ast.Expr, s *types.Selection) string {
	text := string(sourceOf(l.sub, x.Pos(), x.End()))
	if strings.Contains(text, "\n") {
		return "" // it would move the lines below
	}
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		structure, ok := t.Underlying().(*types.Struct)
		if !ok || !structure.Field(i).Exported() && structure.Field(i).Pkg() != l.sub.Types {
			return "" // which no one here can name
		}
		text, t = text+"."+structure.Field(i).Name(), structure.Field(i).Type()
	}
	if _, ok := t.Underlying().(*types.Pointer); ok {
		return text
	}
	return "&" + text
}

// plain reports whether evaluating the expression twice changes nothing.
func (l *lockFinder) plain(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return true
	case *ast.ParenExpr:
		return l.plain(e.X)
	case *ast.StarExpr:
		return l.plain(e.X)
	case *ast.SelectorExpr:
		return l.plain(e.X)
	case *ast.IndexExpr:
		_, literal := e.Index.(*ast.BasicLit)
		return l.plain(e.X) && (literal || l.plain(e.Index))
	}
	return false
}

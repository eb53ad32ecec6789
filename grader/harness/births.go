package harness

import (
	"go/ast"
	"go/types"

	"manche/grader/policy"
	"manche/grader/source"
)

// started lists what goroutines of the package are started to run and that has a
// name: functions, methods, and variables.
func started(sub *policy.Package) map[types.Object]bool {
	begun := make(map[types.Object]bool)
	for _, f := range sub.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			if fn := source.Started(sub.Info, n); fn != nil {
				if obj := source.Named(sub.Info, fn); obj != nil {
					begun[obj] = true
				}
			}
			return true
		})
	}
	return begun
}

// birth marks the beginning of a goroutine in a function that has a name. Where
// that is called as well, the mark says nothing new.
func (y *yielder) birth(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if n.Body != nil {
			y.bear(n.Name, n.Body)
		}
	case *ast.AssignStmt:
		for i := range min(len(n.Lhs), len(n.Rhs)) {
			y.value(n.Lhs[i], n.Rhs[i])
		}
	case *ast.ValueSpec:
		for i := range min(len(n.Names), len(n.Values)) {
			y.value(n.Names[i], n.Values[i])
		}
	}
}

// value does so for a literal that a variable is given.
func (y *yielder) value(to, from ast.Expr) {
	id, isName := ast.Unparen(to).(*ast.Ident)
	lit, isLiteral := ast.Unparen(from).(*ast.FuncLit)
	if isName && isLiteral {
		y.bear(id, lit.Body)
	}
}

// bear does so for a body under its name. One that calls itself may do so a million
// times, and is left alone.
func (y *yielder) bear(name *ast.Ident, body *ast.BlockStmt) {
	if obj := y.sub.Info.ObjectOf(name); y.begun[obj] && !y.calls(body, obj) {
		y.tell(body)
	}
}

// tell tells, at the beginning of a body, that the goroutine is there.
func (y *yielder) tell(body *ast.BlockStmt) {
	y.edits = append(y.edits, edit{at: offset(y.sub.Fset, body.Lbrace+1), text: y.alive})
}

// calls reports whether the function is called in the body, in the same goroutine.
func (y *yielder) calls(body *ast.BlockStmt, fn types.Object) bool {
	found := false
	elsewhere := make(map[*ast.CallExpr]bool)
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			elsewhere[n.Call] = true
		case *ast.CallExpr:
			found = found || !elsewhere[n] && source.Named(y.sub.Info, n.Fun) == fn
		}
		return !found
	})
	return found
}

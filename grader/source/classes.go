package source

import (
	"go/ast"
	"go/token"
	"go/types"
)

// classes says which objects may hold the same channel, lock or WaitGroup: a
// union-find over variables, fields and results, which takes every assignment
// for a possible one, whatever the order of things. Two that are never assigned
// to each other are different.
type classes map[any]any

// result is the i-th result of a function.
type result struct {
	fn *types.Func
	i  int
}

// find returns the representative of a class.
func (c classes) find(x any) any {
	for {
		parent, ok := c[x]
		if !ok {
			return x
		}
		x = parent
	}
}

// join makes one class of two. What is nil is nobody's.
func (c classes) join(x, y any) {
	if x == nil || y == nil {
		return
	}
	if x, y = c.find(x), c.find(y); x != y {
		c[x] = y
	}
}

// object is what an expression means, as a key of classes: a variable, a field
// whatever the struct it is in, a function's result, a literal; an element
// stands for all that its slice, array or map holds. nil where it is none.
func (m *Map) object(e ast.Expr) any {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := m.info.ObjectOf(e).(*types.Var); ok {
			return v.Origin()
		}
	case *ast.SelectorExpr:
		if v, ok := m.info.Uses[e.Sel].(*types.Var); ok {
			return v.Origin()
		}
	case *ast.IndexExpr:
		return m.object(e.X)
	case *ast.StarExpr:
		return m.object(e.X)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return m.object(e.X)
		}
	case *ast.CompositeLit:
		return e
	case *ast.CallExpr:
		if fn := m.callee(e); fn != nil {
			return result{fn, 0}
		}
	}
	return nil
}

// callee is the function or method that is called, where the text says which.
func (m *Map) callee(call *ast.CallExpr) *types.Func {
	fn, _ := Named(m.info, call.Fun).(*types.Func)
	return fn
}

// Named is what the expression of a function names: a function, a method or a
// variable, whatever its type arguments; nil where it names none.
func Named(info *types.Info, fn ast.Expr) types.Object {
	fn = ast.Unparen(fn)
	switch i := fn.(type) { // with type arguments
	case *ast.IndexExpr:
		fn = i.X
	case *ast.IndexListExpr:
		fn = i.X
	}
	var id *ast.Ident
	switch fn := fn.(type) {
	case *ast.Ident:
		id = fn
	case *ast.SelectorExpr:
		id = fn.Sel
	default:
		return nil
	}
	switch obj := info.Uses[id].(type) {
	case *types.Func:
		return obj.Origin()
	case *types.Var:
		return obj.Origin()
	default:
		return obj
	}
}

// flow joins what n assigns.
func (m *Map) flow(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		m.assign(n.Lhs, n.Rhs)
	case *ast.ValueSpec:
		names := make([]ast.Expr, len(n.Names))
		for i, name := range n.Names {
			names[i] = name
		}
		m.assign(names, n.Values)
	case *ast.RangeStmt:
		if n.Value != nil && !isChan(m.info.TypeOf(n.X)) {
			m.classes.join(m.object(n.Value), m.object(n.X))
		}
	case *ast.CompositeLit:
		m.literal(n)
	case *ast.CallExpr:
		m.arguments(n)
	case *ast.FuncDecl:
		m.returns(n)
	}
}

// assign joins the two sides of an assignment.
func (m *Map) assign(to, from []ast.Expr) {
	if len(from) == 1 && len(to) > 1 {
		call, ok := ast.Unparen(from[0]).(*ast.CallExpr)
		if !ok {
			return
		}
		if fn := m.callee(call); fn != nil {
			for i, x := range to {
				m.classes.join(m.object(x), result{fn, i})
			}
		}
		return
	}
	for i := range min(len(to), len(from)) {
		m.classes.join(m.object(to[i]), m.object(from[i]))
	}
}

// literal joins fields and elements with what is put into them.
func (m *Map) literal(lit *ast.CompositeLit) {
	t := m.info.TypeOf(lit)
	if t == nil {
		return // in a test
	}
	t = t.Underlying()
	if p, ok := t.(*types.Pointer); ok { // {…} in a []*T
		t = p.Elem().Underlying()
	}
	structure, _ := t.(*types.Struct)
	for i, e := range lit.Elts {
		value, field := e, any(lit)
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			value = pair.Value
			if key, ok := pair.Key.(*ast.Ident); ok && structure != nil {
				field = m.object(key)
			}
		} else if structure != nil && i < structure.NumFields() {
			field = structure.Field(i).Origin()
		}
		m.classes.join(field, m.object(value))
	}
}

// arguments joins parameters with arguments, and a slice with what is appended.
func (m *Map) arguments(call *ast.CallExpr) {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := m.info.Uses[id].(*types.Builtin); ok {
			for i := 1; b.Name() == "append" && i < len(call.Args); i++ {
				m.classes.join(m.object(call.Args[0]), m.object(call.Args[i]))
			}
			return
		}
	}
	signature := m.signature(call)
	if signature == nil || signature.Params().Len() == 0 {
		return
	}
	for i, arg := range call.Args {
		param := signature.Params().At(min(i, signature.Params().Len()-1))
		m.classes.join(param.Origin(), m.object(arg))
	}
}

// signature is that of the function or of the literal that is called, with the
// parameters as its body names them; nil where the text does not tell.
func (m *Map) signature(call *ast.CallExpr) *types.Signature {
	if fn := m.callee(call); fn != nil {
		return fn.Signature()
	}
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		signature, _ := m.info.TypeOf(lit).(*types.Signature)
		return signature
	}
	return nil
}

// returns joins a function's results with what it returns.
func (m *Map) returns(decl *ast.FuncDecl) {
	fn, ok := m.info.Defs[decl.Name].(*types.Func)
	if !ok || decl.Body == nil {
		return
	}
	for i := range fn.Signature().Results().Len() {
		m.classes.join(result{fn, i}, fn.Signature().Results().At(i))
	}
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if r, ok := n.(*ast.ReturnStmt); ok {
			for i, e := range r.Results {
				m.classes.join(result{fn, i}, m.object(e))
			}
		}
		return true
	})
}

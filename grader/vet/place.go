package vet

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// place names a variable, or a field reached from one without an index or a
// call: v, v.a, v.a.b. Pointers are followed. Two equal places in one function
// are the same memory, unless one of the variables on the way is assigned to.
type place struct {
	root *types.Var
	path string // ".a.b"
}

// spot is a place and the last variable or field of it, which other functions
// of the package reach by other roots.
type spot struct {
	place
	last *types.Var
}

// spotOf reads an expression as a place.
func (p *program) spotOf(e ast.Expr) (spot, bool) {
	switch e := e.(type) {
	case *ast.Ident:
		v, ok := p.info.ObjectOf(e).(*types.Var)
		if !ok || v.Name() == "_" {
			return spot{}, false
		}
		return spot{place{v, ""}, v.Origin()}, true
	case *ast.ParenExpr:
		return p.spotOf(e.X)
	case *ast.StarExpr:
		return p.spotOf(e.X)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return p.spotOf(e.X)
		}
	case *ast.SelectorExpr:
		s, ok := p.info.Selections[e]
		if !ok {
			return p.spotOf(e.Sel) // pkg.Var
		}
		from, ok := p.spotOf(e.X)
		if !ok || s.Kind() != types.FieldVal {
			return spot{}, false
		}
		return from.along(s.Recv(), s.Index())
	}
	return spot{}, false
}

// along goes down the fields of a type.
func (s spot) along(t types.Type, index []int) (spot, bool) {
	for _, i := range index {
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok || i >= st.NumFields() {
			return spot{}, false
		}
		s.last, t = st.Field(i).Origin(), st.Field(i).Type()
		s.path += "." + s.last.Name()
	}
	return s, true
}

// method reads a call as one of a method of a type of package sync, on a place:
// "Mutex.Lock", say.
func (p *program) method(call *ast.CallExpr) (name string, on spot, ok bool) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return "", spot{}, false
	}
	return p.methodValue(sel)
}

// methodValue is method for what need not be called.
func (p *program) methodValue(sel *ast.SelectorExpr) (name string, on spot, ok bool) {
	s, ok := p.info.Selections[sel]
	if !ok || s.Kind() != types.MethodVal {
		return "", spot{}, false
	}
	fn, isFunc := s.Obj().(*types.Func)
	if !isFunc {
		return "", spot{}, false
	}
	name, ok = strings.CutPrefix(fn.FullName(), "(*sync.")
	if !ok {
		return "", spot{}, false
	}
	name = strings.Replace(name, ")", "", 1)
	on, ok = p.spotOf(sel.X)
	if ok {
		on, ok = on.along(s.Recv(), s.Index()[:len(s.Index())-1])
	}
	return name, on, ok
}

// within reports whether a path leads through another.
func (pl place) within(outer place) bool {
	return pl.root == outer.root && (pl.path == outer.path || strings.HasPrefix(pl.path, outer.path+"."))
}

// assignments visits what the statements in n, and the literals in it, assign
// to. Declarations are among them.
func assignments(n ast.Node, visit func(to ast.Expr)) {
	ast.Inspect(n, func(m ast.Node) bool {
		switch m := m.(type) {
		case *ast.AssignStmt:
			for _, l := range m.Lhs {
				visit(l)
			}
		case *ast.IncDecStmt:
			visit(m.X)
		case *ast.RangeStmt:
			for _, e := range []ast.Expr{m.Key, m.Value} {
				if e != nil {
					visit(e)
				}
			}
		}
		return true
	})
}

// assigned reports whether anything in n assigns to the place or to a variable
// on the way to it. A declaration does not count.
func (p *program) assigned(n ast.Node, to place) bool {
	if !p.spend(n) {
		return true
	}
	found := false
	assignments(n, func(e ast.Expr) {
		if id, ok := e.(*ast.Ident); ok && p.info.Defs[id] != nil {
			return
		}
		if s, ok := p.spotOf(e); ok && to.within(s.place) {
			found = true
		}
	})
	return found
}

package source

import (
	"go/ast"
	"go/token"
	"go/types"
)

// access is one use of a variable or a field.
type access struct {
	Place
	object types.Object
	text   string
	write  bool
}

// access notes the variables that n uses; its writes come first, since the
// walk meets the statement before its parts.
func (m *Map) access(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			for _, x := range n.Lhs {
				m.touch(x, true)
			}
		}
	case *ast.IncDecStmt:
		m.touch(n.X, true)
	case *ast.CallExpr:
		if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && len(n.Args) > 0 && m.changes(id) {
			m.touch(n.Args[0], true)
		}
	case *ast.SelectorExpr:
		m.touch(n, false)
	case *ast.Ident:
		m.touch(n, false)
	}
}

// changes reports whether a builtin writes to what its first argument refers to.
func (m *Map) changes(id *ast.Ident) bool {
	b, ok := m.info.Uses[id].(*types.Builtin)
	return ok && (b.Name() == "delete" || b.Name() == "clear" || b.Name() == "copy")
}

// touch notes the variable that an expression is in the end about: the map of
// m[k], the field of s.f.
func (m *Map) touch(x ast.Expr, write bool) {
	e := ast.Unparen(x)
	for {
		switch inner := e.(type) {
		case *ast.IndexExpr:
			e = ast.Unparen(inner.X)
			continue
		case *ast.StarExpr:
			e = ast.Unparen(inner.X)
			continue
		}
		break
	}
	id, ok := e.(*ast.Ident)
	if s, isField := e.(*ast.SelectorExpr); isField {
		id, ok = s.Sel, true
	}
	if !ok {
		return
	}
	v, ok := m.info.ObjectOf(id).(*types.Var)
	if !ok {
		return
	}
	at := m.place(x.Pos())
	key := spot{at.File, at.Line}
	m.accesses[key] = append(m.accesses[key], access{at, v.Origin(), types.ExprString(e), write})
}

// Shared tells which variable the two sides of a data race have in common: it is
// written at the first place, used at the second. It returns both places with
// their columns, and the variable as the text of the first has it; a variable
// that the text does not give away is "", and its places begin their lines.
func (m *Map) Shared(written, used Place) (Place, Place, string) {
	for _, write := range []bool{true, false} { // by a method it can be written as well
		first, second, candidates := m.common(written, used, write)
		if candidates == 1 || candidates > 1 && write {
			return first.Place, second.Place, first.text
		}
	}
	written.Column, used.Column = m.Column(written.File, written.Line), m.Column(used.File, used.Line)
	return written, used, ""
}

// common returns the first variable that the first place writes, or only names,
// and the second place uses, and how many such variables there are.
func (m *Map) common(a, b Place, write bool) (first, second access, candidates int) {
	seen := make(map[types.Object]bool)
	for _, x := range m.accesses[spot{a.File, a.Line}] {
		if x.write != write || seen[x.object] || m.harmless(x.object) {
			continue
		}
		for _, y := range m.accesses[spot{b.File, b.Line}] {
			if m.same(x.object, y.object) && !seen[x.object] {
				if candidates++; candidates == 1 {
					first, second = x, y
				}
				seen[x.object] = true
			}
		}
	}
	return first, second, candidates
}

// same reports whether two variables are one, or may refer to the same map,
// slice or object.
func (m *Map) same(a, b types.Object) bool {
	if a == b {
		return true
	}
	switch a.Type().Underlying().(type) {
	case *types.Map, *types.Slice, *types.Pointer:
		return m.classes.find(a) == m.classes.find(b)
	}
	return false
}

// harmless reports whether the variable itself cannot be what is raced on: a
// channel or a lock is shared on purpose.
func (m *Map) harmless(obj types.Object) bool {
	if isChan(obj.Type()) {
		return true
	}
	t := obj.Type()
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t.String() {
	case "sync.Mutex", "sync.RWMutex", "sync.WaitGroup", "context.Context":
		return true
	}
	return false
}

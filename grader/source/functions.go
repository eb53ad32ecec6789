package source

import (
	"go/ast"
	"go/types"
)

// function is a function's or a literal's span of lines.
type function struct {
	file     string
	from, to int
	decl     *ast.FuncDecl // that it is in, or is; nil at package level
	name     string        // of the declaration
	literal  bool
}

// enter notes n if it is a function. Literals come after the declaration that
// they stand in, as the walk meets them.
func (m *Map) enter(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		m.functions = append(m.functions, m.span(n, function{decl: n, name: declared(n)}))
	case *ast.FuncLit:
		f := m.span(n, function{literal: true})
		if out := m.function(f.file, f.from); out != nil {
			f.decl, f.name = out.decl, out.name
		}
		m.functions = append(m.functions, f)
	}
}

// span fills in where a function stands.
func (m *Map) span(n ast.Node, f function) *function {
	from, to := m.place(n.Pos()), m.place(n.End()-1)
	f.file, f.from, f.to = from.File, from.Line, to.Line
	return &f
}

// function is the innermost function that a line stands in, nil outside of any.
func (m *Map) function(file string, line int) *function {
	var found *function
	for _, f := range m.functions {
		if f.file == file && f.from <= line && line <= f.to && (found == nil || f.to-f.from <= found.to-found.from) {
			found = f
		}
	}
	return found
}

// declared is the name of a function, with its receiver's type.
func declared(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	switch i := t.(type) { // type parameters are left out
	case *ast.IndexExpr:
		t = i.X
	case *ast.IndexListExpr:
		t = i.X
	}
	return types.ExprString(t) + "." + d.Name.Name
}

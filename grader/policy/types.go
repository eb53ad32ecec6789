package policy

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// packageLevel refuses package-level names that stand for something else in
// every Go program: the checks live in the same package.
func (c *checker) packageLevel(pkg *types.Package) {
	for _, name := range pkg.Scope().Names() {
		if obj := pkg.Scope().Lookup(name); types.Universe.Lookup(name) != nil && !c.given(obj) {
			c.refuse(obj.Pos(), "universe", "name", name)
		}
	}
}

// uses refuses members that are not on their package's list, methods and fields
// among them.
func (c *checker) uses(pkg *types.Package) {
	for id, obj := range c.pkg.Info.Uses {
		from := obj.Pkg()
		if from == nil || from == pkg || c.rules.Beside[c.pkg.Fset.PositionFor(id.Pos(), false).Filename] != nil {
			continue
		}
		c.testMember(id, obj)
		path, name := from.Path(), obj.Name()
		list, partly := members[path]
		if partly && !slices.Contains(list, name) || slices.Contains(forbidden[path], name) {
			c.refuse(id.Pos(), "member", "name", from.Name()+"."+name)
		}
	}
}

// writes refuses whatever could change a variable of another package, or take
// its address: io.EOF = nil would change the standard library under the checks.
func (c *checker) writes(pkg *types.Package, files []*ast.File) {
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			for _, target := range targets(n) {
				if v := c.foreign(pkg, target); v != nil {
					c.refuse(target.Pos(), "foreign_write", "name", v.Pkg().Name()+"."+v.Name())
				}
			}
			return true
		})
	}
}

// targets lists the expressions that a node writes to or takes the address of.
func targets(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			return slices.DeleteFunc([]ast.Expr{n.Key, n.Value}, func(e ast.Expr) bool { return e == nil })
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			return []ast.Expr{n.X}
		}
	}
	return nil
}

// foreign returns the package-level variable of another package that the
// expression reaches into, or nil.
func (c *checker) foreign(pkg *types.Package, e ast.Expr) *types.Var {
	for {
		var id *ast.Ident
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
			continue
		case *ast.StarExpr:
			e = x.X
			continue
		case *ast.IndexExpr:
			e = x.X
			continue
		case *ast.SelectorExpr:
			id, e = x.Sel, x.X
		case *ast.Ident:
			id, e = x, nil
		default: // nothing is left that reaches into something
			return nil
		}
		v, ok := c.pkg.Info.Uses[id].(*types.Var)
		if ok && !v.IsField() && (v.Pkg() != pkg || c.given(v)) {
			return v
		}
	}
}

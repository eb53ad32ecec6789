package policy

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// quiet are the built-in functions that only make a value.
var quiet = []string{"append", "cap", "complex", "imag", "len", "make", "max", "min", "new", "real"}

// beforeTests refuses what would run before any test does. All copies of a test
// stand in one program: code that runs in each of them, one after the other,
// could count how many came before, and so know its own place.
func (c *checker) beforeTests(f *ast.File) {
	for _, decl := range f.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil && decl.Name.Name == "init" {
				c.refuse(decl.Name.Pos(), "before_tests", "name", "init")
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && slices.ContainsFunc(v.Values, c.runs) {
					c.refuse(v.Pos(), "before_tests", "name", v.Names[0].Name)
				}
			}
		}
	}
}

// runs reports whether an expression calls a function, or waits for a value.
func (c *checker) runs(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false // it only may be called, and that is looked at where it is
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.CallExpr:
			found = found || !c.harmless(n.Fun)
		}
		return !found
	})
	return found
}

// harmless reports whether a call is a conversion, or one of a built-in function
// that only makes a value.
func (c *checker) harmless(fun ast.Expr) bool {
	if c.pkg.Info.Types[fun].IsType() {
		return true
	}
	id, ok := ast.Unparen(fun).(*ast.Ident)
	if !ok {
		return false
	}
	_, builtin := c.pkg.Info.Uses[id].(*types.Builtin)
	return builtin && slices.Contains(quiet, id.Name)
}

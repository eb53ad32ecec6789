package policy

import (
	"go/ast"
	"go/token"
	"strconv"
)

// maxConstant bounds a string constant, in bytes. Each line of a chain of
// constants can double the one before: thirty lines would be ten gigabytes, in
// the type checker's memory, which is ours.
const maxConstant = 1 << 20

// constants refuses constants that may grow beyond maxConstant, declared or not.
func (c *checker) constants(files []*ast.File) {
	var specs []part
	for _, f := range files {
		specs = append(specs, constSpecs(f)...)
	}
	sizes, large := within(maxConstant, specs, func(p part, sizes map[string]int) int { return length(p.expr, sizes) })
	if large != nil {
		c.refuse(large.Pos(), "constant", "name", large.Name)
		return
	}
	topmost(files, func(e *ast.BinaryExpr) {
		if length(e, sizes) > maxConstant {
			c.refuse(e.Pos(), "sum")
		}
	})
}

// constSpecs lists all constants of a file, those inside functions too. A
// constant without an expression repeats that of the line before.
func constSpecs(f *ast.File) []part {
	var specs []part
	for _, decl := range every[*ast.GenDecl](f) {
		if decl.Tok != token.CONST {
			continue
		}
		var values []ast.Expr
		for _, s := range decl.Specs {
			spec := s.(*ast.ValueSpec) // the only specs of a const declaration
			if len(spec.Values) > 0 {
				values = spec.Values
			}
			for i, name := range spec.Names {
				if i < len(values) {
					specs = append(specs, part{name: name, expr: values[i]})
				}
			}
		}
	}
	return specs
}

// length is how long the value of an expression can be at most, if it is a
// string: the sum of its parts.
func length(e ast.Expr, size map[string]int) int {
	total := 0
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				if s, err := strconv.Unquote(n.Value); err == nil {
					total += len(s)
				}
			}
		case *ast.Ident:
			total += size[n.Name]
		}
		return total <= maxConstant
	})
	return total
}

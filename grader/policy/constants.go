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

// constants refuses constants that may grow beyond maxConstant. It works on
// names alone, before any type is known, and takes the larger one where a name
// stands twice; so it can be too strict, but never too lax.
func (c *checker) constants(f *ast.File) {
	specs := constSpecs(f)
	size := make(map[string]int)
	for changed, rounds := true, 0; changed && rounds <= len(specs); rounds++ {
		changed = false
		for _, s := range specs {
			n := length(s.value, size)
			if n > maxConstant {
				c.refuse(s.name.Pos(), "constant", "name", s.name.Name)
				return
			}
			if n > size[s.name.Name] {
				size[s.name.Name], changed = n, true
			}
		}
	}
}

// constSpec is one constant and its expression.
type constSpec struct {
	name  *ast.Ident
	value ast.Expr
}

// constSpecs lists all constants of a file, those inside functions too. A
// constant without an expression repeats that of the line before.
func constSpecs(f *ast.File) []constSpec {
	var specs []constSpec
	ast.Inspect(f, func(n ast.Node) bool {
		decl, ok := n.(*ast.GenDecl)
		if !ok || decl.Tok != token.CONST {
			return true
		}
		var values []ast.Expr
		for _, s := range decl.Specs {
			spec := s.(*ast.ValueSpec) // the only specs of a const declaration
			if len(spec.Values) > 0 {
				values = spec.Values
			}
			for i, name := range spec.Names {
				if i < len(values) {
					specs = append(specs, constSpec{name, values[i]})
				}
			}
		}
		return true
	})
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

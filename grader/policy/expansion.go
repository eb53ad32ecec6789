package policy

import (
	"go/ast"
)

// maxParts bounds how many parts a type may have once all that it is made of is
// written out. A chain of types, each of two of the one before, doubles with each
// line, and the type checker would never come to its end.
const maxParts = 1 << 12

// expansion refuses types that may grow beyond maxParts. Like constants, it goes
// by names alone, and can be too strict but never too lax. Pointers, slices, maps,
// channels and functions end the expansion: what they lead to is not part of it.
func (c *checker) expansion(f *ast.File) {
	specs := typeSpecs(f)
	parts := make(map[string]int)
	for changed, rounds := true, 0; changed && rounds <= len(specs); rounds++ {
		changed = false
		for _, s := range specs {
			n := 1 + count(s.Type, parts)
			if n > maxParts {
				c.refuse(s.Name.Pos(), "type", "name", s.Name.Name)
				return
			}
			if n > parts[s.Name.Name] {
				parts[s.Name.Name], changed = n, true
			}
		}
	}
}

// typeSpecs lists all type declarations of a file, those inside functions too.
func typeSpecs(f *ast.File) []*ast.TypeSpec {
	var specs []*ast.TypeSpec
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.TypeSpec); ok {
			specs = append(specs, s)
		}
		return true
	})
	return specs
}

// count adds up the parts of a type expression. A field that declares several
// names has its type several times.
func count(e ast.Expr, parts map[string]int) int {
	total := 0
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StarExpr, *ast.MapType, *ast.ChanType, *ast.FuncType:
			return false
		case *ast.ArrayType:
			return n.Len != nil // not into a slice
		case *ast.Field:
			total += max(1, len(n.Names)) * count(n.Type, parts)
			return false
		case *ast.Ident:
			total += parts[n.Name]
		}
		return total <= maxParts
	})
	return total
}

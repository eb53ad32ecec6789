package policy

import "go/ast"

// maxParts bounds how many parts a type may have once all that it is made of is
// written out.
const maxParts = 1 << 12

// expansion refuses types that may grow beyond maxParts. Pointers, slices, maps,
// channels and functions end the expansion of a declared type: what they lead to is
// not part of it, and two such types are compared by name. Other names of types
// are compared by all that they stand for.
func (c *checker) expansion(files []*ast.File) {
	var specs []part
	aliases := make(map[string]bool)
	for _, f := range files {
		for _, s := range every[*ast.TypeSpec](f) {
			specs = append(specs, part{s.Name, paramsOf(s.TypeParams), s.Type, s.Assign.IsValid()})
			if s.Assign.IsValid() {
				aliases[s.Name.Name] = true
			}
		}
	}
	sizes, large := within(maxParts, specs, func(p part, sizes map[string]int) int {
		return 1 + expander{sizes, aliases, p.params}.parts(p.expr, p.alias, false)
	})
	if large != nil {
		c.refuse(large.Pos(), "type", "name", large.Name)
		return
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			base, args := instance(n)
			if base != nil && (expander{sizes, aliases, nil}).product(base, args, true, false) > maxParts {
				c.refuse(base.Pos(), "instance")
			}
			return base == nil
		})
	}
}

// expander counts the parts of type expressions, whose names have so many. A
// parameter is one, which may become more in an instance.
type expander struct {
	sizes   map[string]int
	aliases map[string]bool
	params  map[string]bool
}

// parts adds up the parts of a type expression. A field that declares several names
// has its type several times. What pointers and the like lead to counts if it is to
// be followed; beyond one, as far as it is made of aliases and parameters.
func (x expander) parts(e ast.Expr, follow, beyond bool) int {
	total := 0
	ast.Inspect(e, func(n ast.Node) bool {
		if base, args := instance(n); base != nil {
			total += x.product(base, args, follow, beyond)
			return false
		}
		if leads(n) {
			beyond = true // and so is all that comes after it: fields are counted apart
			return follow
		}
		switch n := n.(type) {
		case *ast.Field:
			total += max(1, len(n.Names)) * min(x.parts(n.Type, follow, beyond), maxParts+1)
			return false
		case *ast.Ident:
			if x.params[n.Name] {
				total++
			} else if !beyond || x.aliases[n.Name] {
				total += x.sizes[n.Name]
			}
		}
		return total <= maxParts
	})
	return total
}

// product is as much as an instance of a generic type can have: each of its parts
// may be any of the arguments.
func (x expander) product(base ast.Expr, args []ast.Expr, follow, beyond bool) int {
	sum := 0
	for _, a := range args {
		sum = min(sum+max(1, x.parts(a, follow, beyond)), maxParts)
	}
	return min(max(1, x.parts(base, follow, beyond))*max(1, sum), maxParts+1)
}

// leads reports whether n is a type that only leads to others.
func leads(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.StarExpr, *ast.MapType, *ast.ChanType, *ast.FuncType:
		return true
	case *ast.ArrayType:
		return n.Len == nil
	}
	return false
}

// instance returns the parts of what may be an instance of something generic; nil
// where n is none.
func instance(n ast.Node) (base ast.Expr, args []ast.Expr) {
	switch n := n.(type) {
	case *ast.IndexExpr:
		return n.X, []ast.Expr{n.Index}
	case *ast.IndexListExpr:
		return n.X, n.Indices
	}
	return nil, nil
}

package policy

import "go/ast"

// The type checker works in our own process, and knows no bounds: a chain of
// declarations, each of two of the one before, doubles with each line, and thirty
// lines are more than there is memory, or time. So what may grow is measured before
// it is checked: by names alone, in all files at once, with the larger one where a
// name stands twice. That can be too strict, but never too lax.

// part is a declaration of something that others can be made of.
type part struct {
	name   *ast.Ident
	params map[string]bool // of a generic type
	expr   ast.Expr
	alias  bool // a type that is another name for expr
}

// maxRounds bounds how often the sizes are gone through. They come from the inside
// out, so that a second round changes something only where names go round in a
// circle, or stand twice.
const maxRounds = 64

// within returns the sizes of parts, and the name of one that may grow beyond limit;
// nil where there is none.
func within(limit int, parts []part, measure func(part, map[string]int) int) (sizes map[string]int, large *ast.Ident) {
	sizes = make(map[string]int)
	parts = insideOut(parts)
	for round := range maxRounds {
		changed := false
		for _, p := range parts {
			n := measure(p, sizes)
			if n > limit || round == maxRounds-1 && n > sizes[p.name.Name] {
				return sizes, p.name
			}
			if n > sizes[p.name.Name] {
				sizes[p.name.Name], changed = n, true
			}
		}
		if !changed || round > len(parts) { // a circle of so few is an error, and told as one
			break
		}
	}
	return sizes, nil
}

// insideOut sorts parts so that each comes after those whose names it has, as far as
// that is possible.
func insideOut(parts []part) []part {
	named := make(map[string][]int)
	for i, p := range parts {
		named[p.name.Name] = append(named[p.name.Name], i)
	}
	sorted, seen := make([]part, 0, len(parts)), make([]bool, len(parts))
	var visit func(i int)
	visit = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		ast.Inspect(parts[i].expr, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				others := named[id.Name]
				delete(named, id.Name) // they are seen to, however often the name stands
				for _, other := range others {
					visit(other)
				}
			}
			return true
		})
		sorted = append(sorted, parts[i])
	}
	for i := range parts {
		visit(i)
	}
	return sorted
}

// bounds refuses what may grow too large to be checked.
func (c *checker) bounds(files []*ast.File) {
	c.constants(files)
	c.expansion(files)
	c.generics(files)
}

// topmost calls f for the expressions of type E that stand in no other one.
func topmost[E ast.Expr](files []*ast.File, f func(E)) {
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			e, ok := n.(E)
			if ok {
				f(e)
			}
			return !ok
		})
	}
}

// every lists the nodes of type N in n.
func every[N ast.Node](n ast.Node) []N {
	var all []N
	ast.Inspect(n, func(n ast.Node) bool {
		if n, ok := n.(N); ok {
			all = append(all, n)
		}
		return true
	})
	return all
}

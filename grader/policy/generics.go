package policy

import "go/ast"

// maxGrowth bounds by how much types may grow that are written nowhere: the type
// checker infers those of calls, and makes those of fields and methods.
const maxGrowth = 1 << 20

// generics refuses generic code whose types may grow beyond maxGrowth.
func (c *checker) generics(files []*ast.File) {
	if growth := c.genericTypes(files); growth <= maxGrowth {
		c.genericFuncs(files, growth)
	}
}

// genericFuncs counts the uses of functions which give a type that has more of what
// they were given: each may be a call of another one's result.
func (c *checker) genericFuncs(files []*ast.File, growth int) {
	factors := make(map[string]int)
	for _, f := range files {
		for _, fn := range every[*ast.FuncDecl](f) {
			factors[fn.Name.Name] = max(factors[fn.Name.Name], inferred(fn.Type))
		}
	}
	for _, f := range files {
		for _, id := range every[*ast.Ident](f) {
			if growth *= max(1, factors[id.Name]); growth > maxGrowth {
				c.refuse(id.Pos(), "generic", "name", id.Name)
				return
			}
		}
	}
}

// inferred is how often the parameters of a generic function stand in one of its
// results, or in what restricts one of them, at most.
func inferred(fn *ast.FuncType) int {
	params, most := paramsOf(fn.TypeParams), 0
	for _, list := range []*ast.FieldList{fn.Results, fn.TypeParams} {
		if list == nil || len(params) == 0 {
			continue
		}
		for _, field := range list.List {
			total := 0
			for _, n := range mentions(field.Type, params) {
				total += n
			}
			most = max(most, total)
		}
	}
	return most
}

// genericTypes counts what fields and methods add to the type that they belong to:
// an instance of something that has a parameter of that type twice. It refuses a
// type that comes back to itself by that, and returns the growth of the others.
func (c *checker) genericTypes(files []*ast.File) (growth int) {
	var all []template
	leads := make(map[string][]ast.Node)
	for _, f := range files {
		all = append(all, templates(f)...)
	}
	for _, t := range all {
		leads[t.name.Name] = append(leads[t.name.Name], t.body)
	}
	growth = 1
	for _, t := range all {
		for _, at := range t.growing() {
			if growth *= 2; growth > maxGrowth || reaches(at, t.name.Name, leads, make(map[string]bool)) {
				c.refuse(t.name.Pos(), "generic", "name", t.name.Name)
				return maxGrowth + 1
			}
		}
	}
	return growth
}

// template is a generic type, or a method of one, and what it is made of.
type template struct {
	name   *ast.Ident
	params map[string]bool
	body   ast.Node
}

func templates(f *ast.File) []template {
	var all []template
	for _, s := range every[*ast.TypeSpec](f) {
		if params := paramsOf(s.TypeParams); len(params) > 0 {
			all = append(all, template{s.Name, params, s.Type})
		}
	}
	for _, fn := range every[*ast.FuncDecl](f) {
		if fn.Recv == nil {
			continue
		}
		for _, n := range every[ast.Expr](fn.Recv) {
			base, args := instance(n)
			if name, ok := base.(*ast.Ident); ok {
				all = append(all, template{name, identifiers(args), fn.Type})
			}
		}
	}
	return all
}

// growing lists the instances in which a parameter stands twice, once for each time
// by which they are larger than what they are made of.
func (t template) growing() []ast.Node {
	var all []ast.Node
	ast.Inspect(t.body, func(n ast.Node) bool {
		base, _ := instance(n)
		if base == nil {
			return true
		}
		for _, times := range mentions(n, t.params) {
			for ; times > 1; times-- {
				all = append(all, n)
			}
		}
		return false
	})
	return all
}

// reaches reports whether what stands in n leads to a name.
func reaches(n ast.Node, name string, leads map[string][]ast.Node, seen map[string]bool) bool {
	for _, id := range every[*ast.Ident](n) {
		if id.Name == name {
			return true
		}
		if seen[id.Name] {
			continue
		}
		seen[id.Name] = true
		for _, body := range leads[id.Name] {
			if reaches(body, name, leads, seen) {
				return true
			}
		}
	}
	return false
}

// mentions counts how often each of the names stands in an expression. A field that
// declares several names has its type several times.
func mentions(e ast.Node, names map[string]bool) map[string]int {
	count := make(map[string]int)
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for name, times := range mentions(n.Type, names) {
				count[name] += times * max(1, len(n.Names))
			}
			return false
		case *ast.Ident:
			if names[n.Name] {
				count[n.Name]++
			}
		}
		return true
	})
	return count
}

// paramsOf are the names of type parameters.
func paramsOf(list *ast.FieldList) map[string]bool {
	names := make(map[string]bool)
	if list != nil {
		for _, field := range list.List {
			for _, name := range field.Names {
				names[name.Name] = true
			}
		}
	}
	return names
}

// identifiers are those among expressions.
func identifiers(list []ast.Expr) map[string]bool {
	names := make(map[string]bool)
	for _, e := range list {
		if id, ok := e.(*ast.Ident); ok {
			names[id.Name] = true
		}
	}
	return names
}

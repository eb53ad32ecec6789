package walls

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"strings"
)

// each collects what find has to say of the nodes below n.
func each[N ast.Node](n ast.Node, find func(N) []change) []change {
	var list []change
	ast.Inspect(n, func(n ast.Node) bool {
		if it, ok := n.(N); ok {
			list = append(list, find(it)...)
		}
		return true
	})
	return list
}

// conditions makes every condition fail, and leaves each part of a composed one
// out: of a disjunction what it would have held, of a conjunction what it demands.
func (s *source) conditions(n ast.Node) []change {
	never := func(e ast.Expr) change {
		return change{node: e, before: "(!wallsOpen(#) && (", after: "))", what: "never " + short(s.code(e))}
	}
	list := each(n, func(i *ast.IfStmt) []change { return []change{never(i.Cond)} })
	list = append(list, each(n, func(sw *ast.SwitchStmt) []change {
		var cases []change
		for _, clause := range sw.Body.List {
			for _, e := range clause.(*ast.CaseClause).List {
				if sw.Tag == nil {
					cases = append(cases, never(e))
				}
			}
		}
		return cases
	})...)
	return append(list, each(n, func(b *ast.BinaryExpr) []change {
		before := map[token.Token]string{token.LOR: "(!wallsOpen(#) && (", token.LAND: "(wallsOpen(#) || ("}[b.Op]
		if before == "" {
			return nil
		}
		var parts []change
		for _, e := range []ast.Expr{b.X, b.Y} {
			if in, ok := e.(*ast.BinaryExpr); ok && in.Op == b.Op {
				continue // its own parts come by themselves
			}
			parts = append(parts, change{node: e, before: before, after: "))", what: "without " + short(s.code(e)) + " in " + short(s.code(b))})
		}
		return parts
	})...)
}

// clauses leaves each case of a switch out, whose values are tags or types: it
// matches nothing any more.
func (s *source) clauses(n ast.Node) []change {
	list := each(n, func(sw *ast.SwitchStmt) []change {
		var list []change
		for i := 0; sw.Tag != nil && i < len(sw.Body.List); i++ {
			for _, e := range sw.Body.List[i].(*ast.CaseClause).List {
				list = append(list, change{node: e, before: "wallsNothing(#, ", after: ")", what: "no case " + s.code(e)})
			}
		}
		return list
	})
	return append(list, each(n, func(sw *ast.TypeSwitchStmt) []change {
		var list []change
		for _, clause := range sw.Body.List {
			for _, e := range clause.(*ast.CaseClause).List {
				list = append(list, change{node: operand(sw), before: "wallsHide[" + s.code(e) + "](#, ", after: ")", what: "no case " + s.code(e)})
			}
		}
		return list
	})...)
}

// operand is what a type switch looks at.
func operand(sw *ast.TypeSwitchStmt) ast.Expr {
	switch assign := sw.Assign.(type) {
	case *ast.AssignStmt:
		return assign.Rhs[0].(*ast.TypeAssertExpr).X
	case *ast.ExprStmt:
		return assign.X.(*ast.TypeAssertExpr).X
	}
	return nil
}

// statements never executes each statement that is a call, or tells of an error.
func (s *source) statements(n ast.Node) []change {
	list := each(n, func(e *ast.ExprStmt) []change {
		if _, ok := e.X.(*ast.TypeAssertExpr); ok {
			return nil // of a type switch
		}
		return []change{{node: e, before: "if !wallsOpen(#) { ", after: " }", what: "never " + short(s.code(e))}}
	})
	return append(list, each(n, func(i *ast.IfStmt) []change {
		if i.Init == nil || !strings.HasSuffix(s.code(i.Cond), "err != nil") {
			return nil
		}
		return []change{{node: i, before: "if !wallsOpen(#) { ", after: " }", what: "never " + short(s.code(i.Init))}}
	})...)
}

// results returns nil in the place of a call's error.
func (s *source) results(n ast.Node) []change {
	return each(n, func(r *ast.ReturnStmt) []change {
		if len(r.Results) != 1 {
			return nil
		}
		if _, ok := r.Results[0].(*ast.CallExpr); !ok || strings.HasPrefix(s.code(r.Results[0]), "fmt.Errorf") {
			return nil // telling of an error that cannot be had at will
		}
		return []change{{node: r.Results[0], before: "wallsFine(#, func() error { return ", after: " })", what: "never " + short(s.code(r.Results[0]))}}
	})
}

// flags leaves each flag out of a set of them.
func (s *source) flags(n ast.Node) []change {
	return each(n, func(b *ast.BinaryExpr) []change {
		if b.Op != token.OR {
			return nil
		}
		var list []change
		for _, e := range []ast.Expr{b.X, b.Y} {
			if in, ok := e.(*ast.BinaryExpr); !ok || in.Op != token.OR {
				list = append(list, change{node: e, text: "0", what: "without " + s.code(e) + " in " + short(s.code(b))})
			}
		}
		return list
	})
}

// bounds makes each constant whose name matches 64 times as large.
func (s *source) bounds(names *regexp.Regexp) []change {
	return each(s.file, func(v *ast.ValueSpec) []change {
		var list []change
		for i, name := range v.Names {
			if i < len(v.Values) && names.MatchString(name.Name) {
				list = append(list, change{node: v.Values[i], text: "64 * (" + s.code(v.Values[i]) + ")", what: name.Name + " 64 times as large"})
			}
		}
		return list
	})
}

// entries leaves each element out of the lists of structs below n: steps, limits,
// rules.
func (s *source) entries(n ast.Node) []change {
	return each(n, func(c *ast.CompositeLit) []change {
		array, ok := c.Type.(*ast.ArrayType)
		if !ok {
			return nil
		}
		if _, ok := array.Elt.(*ast.StructType); !ok {
			return nil
		}
		var list []change
		for i, e := range c.Elts {
			before := fmt.Sprintf("wallsWithout(#, %d, ", i)
			list = append(list, change{node: c, before: before, after: ")", what: "no " + short(s.code(e))})
		}
		return list
	})
}

// through is an element of a list, with the comma that follows it.
type through struct {
	ast.Expr
	list *ast.CompositeLit
}

// End is where the next element begins, or the list ends.
func (t through) End() token.Pos {
	for _, e := range t.list.Elts {
		if e.Pos() > t.Pos() {
			return e.Pos()
		}
	}
	return t.list.Rbrace
}

// fields leaves each field out of the composite literals of a type.
func (s *source) fields(n ast.Node, typ string) []change {
	return each(n, func(c *ast.CompositeLit) []change {
		if c.Type == nil || s.code(c.Type) != typ {
			return nil
		}
		var list []change
		for _, e := range c.Elts {
			value := e.(*ast.KeyValueExpr).Value
			if _, constant := value.(*ast.Ident); constant && s.code(value) != "true" {
				list = append(list, change{node: through{e, c}, what: "no " + short(s.code(e))})
				continue // a constant has no type but the field's
			}
			list = append(list, change{node: value, before: "wallsNothing(#, ", after: ")", what: "no " + short(s.code(e))})
		}
		return list
	})
}

// alternatives leaves each alternative out of the regular expressions.
func (s *source) alternatives(n ast.Node) []change {
	return each(n, func(c *ast.CallExpr) []change {
		if s.code(c.Fun) != "regexp.MustCompile" {
			return nil
		}
		pattern := s.code(c.Args[0])
		var list []change
		for _, part := range parts(pattern) {
			without := pattern[:part[0]] + `[^\x00-\x{10FFFF}]` + pattern[part[1]:]
			list = append(list, change{node: c.Args[0], before: "wallsSwap(#, " + without + ", ", after: ")", what: "without " + pattern[part[0]:part[1]] + " in " + pattern})
		}
		return list
	})
}

// parts finds where the innermost alternatives of a raw pattern begin and end.
func parts(pattern string) [][2]int {
	var list [][2]int
	class, from := false, 1 // behind the quote
	for i := 1; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\':
			i++
		case c == '[' || c == ']':
			class = c == '['
		case class:
		case c == '(' || c == '|' || c == ')' || c == '`':
			if i > from && (c == '|' || c == ')' || c == '`') && (pattern[from-1] == '|' || pattern[from-1] == '(') || c == '|' && i > from {
				list = append(list, [2]int{from, i})
			}
			from = i + 1
		}
	}
	return list
}

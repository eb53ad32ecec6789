package vet

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// conditions are those of a function that are worth remembering along a path:
// they come up twice, or are a flag. Each has a bit.
type conditions struct {
	bit      map[string]uint32
	parts    map[string]uint32 // by the words of each variable or field in them
	loose    map[string]bool   // what literals assign to, at any time
	overflow bool              // there are more than can be remembered
}

// facts are what a path has learnt of them.
type facts struct{ known, value uint32 }

// effect is what a statement does to the facts.
type effect struct{ forget, known, value uint32 }

func (f facts) after(e effect) facts {
	f.known, f.value = f.known&^e.forget, f.value&^e.forget
	return facts{f.known | e.known, f.value | e.value}
}

// conditionsOf finds the conditions to remember in a body.
func (p *program) conditionsOf(body *ast.BlockStmt) *conditions {
	c := &conditions{bit: make(map[string]uint32), parts: make(map[string]uint32), loose: make(map[string]bool)}
	flags, count := p.flags(body), make(map[string]int)
	at := func(cond ast.Expr) {
		leaves(cond, func(leaf ast.Expr) {
			text, _ := words(leaf)
			if count[text]++; count[text] == 2 || flags[text] {
				c.remember(text, leaf)
			}
		})
	}
	own(body, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.IfStmt:
			at(n.Cond)
		case *ast.ForStmt:
			at(n.Cond)
		case *ast.SwitchStmt:
			if n.Tag == nil {
				cases(n, at)
			}
		case *ast.FuncLit:
			assignments(n.Body, func(to ast.Expr) { c.loose[types.ExprString(to)] = true })
		}
	})
	return c
}

// flags are the variables and fields that a body sets to true or false.
func (p *program) flags(body *ast.BlockStmt) map[string]bool {
	flags := make(map[string]bool)
	flag := func(e ast.Expr, v constant.Value) {
		if v != nil && v.Kind() == constant.Bool {
			flags[types.ExprString(e)] = true
		}
	}
	own(body, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i := range min(len(n.Lhs), len(n.Rhs)) {
				flag(n.Lhs[i], p.info.Types[n.Rhs[i]].Value)
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				if len(n.Values) == 0 {
					flag(name, constant.MakeBool(false))
				}
			}
		}
	})
	return flags
}

// cases visits the conditions of a switch without a tag.
func cases(s *ast.SwitchStmt, visit func(ast.Expr)) {
	for _, clause := range s.Body.List {
		for _, cond := range clause.(*ast.CaseClause).List {
			visit(cond)
		}
	}
}

func (c *conditions) remember(text string, leaf ast.Expr) {
	if c.bit[text] != 0 {
		return
	}
	if len(c.bit) == maxConditions {
		c.overflow = true
		return
	}
	bit := uint32(1) << len(c.bit)
	c.bit[text] = bit
	ast.Inspect(leaf, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr:
			c.parts[types.ExprString(n.(ast.Expr))] |= bit
		}
		return true
	})
}

// about is the conditions that an assignment to e touches.
func (c *conditions) about(e ast.Expr) uint32 {
	if e == nil {
		return 0
	}
	return c.parts[types.ExprString(e)]
}

// set notes that e, where it is a condition by itself, has this value.
func (c *conditions) set(e *effect, to ast.Expr, v constant.Value) {
	text := types.ExprString(to)
	bit := c.bit[text]
	if bit == 0 || v == nil || v.Kind() != constant.Bool || c.loose[text] {
		return
	}
	e.known |= bit
	if constant.BoolVal(v) {
		e.value |= bit
	}
}

// assume adds that cond is so to the facts, and reports whether it can be.
func (c *conditions) assume(f facts, cond ast.Expr, is bool) (facts, bool) {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return c.assume(f, e.X, !is)
		}
	case *ast.BinaryExpr:
		if e.Op == token.LAND || e.Op == token.LOR {
			return c.both(f, e, is)
		}
	case *ast.Ident:
		if e.Name == "true" || e.Name == "false" {
			return f, (e.Name == "true") == is
		}
	}
	text, negated := words(cond)
	bit := c.bit[text]
	if bit == 0 {
		return f, true
	}
	is = is != negated
	if f.known&bit != 0 {
		return f, (f.value&bit != 0) == is
	}
	f.known |= bit
	if is {
		f.value |= bit
	}
	return f, true
}

// both assumes a && b, or a || b. Where one operand decides, the other is open.
func (c *conditions) both(f facts, e *ast.BinaryExpr, is bool) (facts, bool) {
	strict := (e.Op == token.LAND) == is // both operands are as the whole
	left, okLeft := c.assume(f, e.X, is)
	if strict {
		if !okLeft {
			return f, false
		}
		return c.assume(left, e.Y, is)
	}
	right, okRight := c.assume(f, e.Y, is)
	switch {
	case okLeft && okRight:
		return f, true
	case okLeft:
		return left, true
	default:
		return right, okRight
	}
}

// leaves visits what a condition is put together of.
func leaves(cond ast.Expr, visit func(ast.Expr)) {
	switch e := ast.Unparen(cond).(type) {
	case nil:
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			leaves(e.X, visit)
			return
		}
		visit(e)
	case *ast.BinaryExpr:
		if e.Op == token.LAND || e.Op == token.LOR {
			leaves(e.X, visit)
			leaves(e.Y, visit)
			return
		}
		visit(e)
	default:
		visit(e)
	}
}

// words are those of a condition, the same for a != b as for a == b.
func words(cond ast.Expr) (text string, negated bool) {
	e, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return types.ExprString(ast.Unparen(cond)), false
	}
	op := e.Op
	switch op {
	case token.NEQ:
		op, negated = token.EQL, true
	case token.GEQ:
		op, negated = token.LSS, true
	case token.GTR:
		op, negated = token.LEQ, true
	}
	return types.ExprString(e.X) + op.String() + types.ExprString(e.Y), negated
}

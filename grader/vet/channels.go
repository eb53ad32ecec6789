package vet

import (
	"go/ast"
	"go/token"
	"go/types"
)

// useKind is what is done with a channel variable.
type useKind int

const (
	sends useKind = iota
	receives
	closes
	measures // len or cap
)

// chanUse is one use of a channel variable by its name.
type chanUse struct {
	kind  useKind
	node  ast.Node // the send, the receive, the range or the call
	in    *function
	other bool // it is a case of a select that has others
}

// channel is what a package does with one variable that is a channel.
type channel struct {
	uses    []chanUse
	escapes bool // it is used in another way: passed on, returned, stored
}

// channelsOf looks at all of them, once.
func (p *program) channelsOf() map[*types.Var]*channel {
	if p.channels == nil {
		p.channels = make(map[*types.Var]*channel)
		for _, f := range p.functions {
			p.channelsIn(f)
		}
	}
	return p.channels
}

// channelsIn adds the uses in one function.
func (p *program) channelsIn(f *function) {
	comms, seen := choices(f.body), make(map[ast.Expr]bool)
	use := func(e ast.Expr, kind useKind, n ast.Node) {
		id, ok := ast.Unparen(e).(*ast.Ident)
		if v := p.channelVar(id); ok && v != nil {
			seen[id] = true
			p.channel(v).uses = append(p.channel(v).uses, chanUse{kind, n, f, comms[n]})
		}
	}
	own(f.body, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.SendStmt:
			use(n.Chan, sends, n)
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				use(n.X, receives, n)
			}
		case *ast.RangeStmt:
			use(n.X, receives, n)
		case *ast.CallExpr:
			for name, kind := range map[string]useKind{"close": closes, "len": measures, "cap": measures} {
				if p.builtin(n, name) && len(n.Args) == 1 {
					use(n.Args[0], kind, n)
				}
			}
		case *ast.Ident:
			if v := p.channelVar(n); v != nil && !seen[n] {
				p.channel(v).escapes = true
			}
		}
	})
}

// channelVar is the variable that id uses, if it is a channel.
func (p *program) channelVar(id *ast.Ident) *types.Var {
	if id == nil {
		return nil
	}
	v, ok := p.info.Uses[id].(*types.Var)
	if !ok {
		return nil
	}
	if _, ok := v.Type().Underlying().(*types.Chan); !ok {
		return nil
	}
	return v
}

func (p *program) isChannel(e ast.Expr) bool {
	_, ok := p.info.TypeOf(e).Underlying().(*types.Chan)
	return ok
}

func (p *program) channel(v *types.Var) *channel {
	if p.channels[v] == nil {
		p.channels[v] = &channel{}
	}
	return p.channels[v]
}

// choices lists the sends and receives that are a case of a select with others.
func choices(body *ast.BlockStmt) map[ast.Node]bool {
	list := make(map[ast.Node]bool)
	own(body, func(n ast.Node) {
		s, ok := n.(*ast.SelectStmt)
		if !ok || len(s.Body.List) < 2 {
			return
		}
		for _, clause := range s.Body.List {
			switch comm := clause.(*ast.CommClause).Comm.(type) {
			case *ast.SendStmt:
				list[comm] = true
			case *ast.ExprStmt:
				list[ast.Unparen(comm.X)] = true
			case *ast.AssignStmt:
				list[ast.Unparen(comm.Rhs[0])] = true
			}
		}
	})
	return list
}

// makes visits the variables that a function begins with a new channel, and the
// capacity: nil where none is given.
func (p *program) makes(f *function, visit func(v *types.Var, capacity ast.Expr)) {
	begin := func(id *ast.Ident, e ast.Expr) {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		v, isVar := p.info.Defs[id].(*types.Var)
		if !ok || !isVar || !p.builtin(call, "make") {
			return
		}
		if _, ok := v.Type().Underlying().(*types.Chan); !ok {
			return
		}
		if len(call.Args) > 1 && !p.isConstant(call.Args[1], 0) {
			visit(v, call.Args[1])
		} else {
			visit(v, nil)
		}
	}
	own(f.body, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i := 0; i < len(n.Rhs) && len(n.Lhs) == len(n.Rhs); i++ {
				if id, ok := n.Lhs[i].(*ast.Ident); ok {
					begin(id, n.Rhs[i])
				}
			}
		case *ast.ValueSpec:
			for i := 0; i < len(n.Values) && len(n.Names) == len(n.Values); i++ {
				begin(n.Names[i], n.Values[i])
			}
		}
	})
}

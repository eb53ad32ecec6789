package vet

import (
	"go/ast"
	"slices"

	"golang.org/x/tools/go/types/typeutil"
)

// start is a goroutine that a function starts.
type start struct {
	stmt ast.Node // the go statement, or the call of a group's Go
	call *ast.CallExpr
	runs *function // nil where it is not known
}

// startsOf lists them, once.
func (p *program) startsOf(f *function) []start {
	if f.startsKnown {
		return f.starts
	}
	var list []start
	own(f.body, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.GoStmt:
			g := p.declaredCallee(n.Call)
			if lit, ok := ast.Unparen(n.Call.Fun).(*ast.FuncLit); ok {
				g = p.literals[lit]
			}
			list = append(list, start{n, n.Call, g})
		case *ast.CallExpr:
			if fn := typeutil.StaticCallee(p.info, n); fn != nil && isGroupGo(fn) && len(n.Args) == 1 {
				lit, _ := ast.Unparen(n.Args[0]).(*ast.FuncLit)
				list = append(list, start{n, n, p.literals[lit]})
			}
		}
	})
	f.starts, f.startsKnown = list, true
	return list
}

// seenFrom is what f calls the place that a goroutine of it uses: an argument
// instead of a parameter, the receiver's place instead of the receiver. There is
// none for the goroutine's own variables.
func (p *program) seenFrom(f *function, s start, of spot) (spot, bool) {
	fields, body := s.runs.params()
	if covers(body, varNode{of.root}) {
		return spot{}, false
	}
	for i, arg := range p.arguments(s) {
		if i >= len(fields) || p.info.Defs[fields[i]] != of.root {
			continue
		}
		from, ok := p.spotOf(arg)
		from.path += of.path
		if of.path != "" {
			from.last = of.last
		}
		return from, ok
	}
	return of, !slices.ContainsFunc(fields, func(id *ast.Ident) bool { return p.info.Defs[id] == of.root })
}

// arguments are those of a start, and first the receiver if there is one.
func (p *program) arguments(s start) []ast.Expr {
	if s.runs.decl == nil || s.runs.decl.Recv == nil {
		return s.call.Args
	}
	sel, ok := ast.Unparen(s.call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	return append([]ast.Expr{sel.X}, s.call.Args...)
}

// params are the parameters of a function, the receiver first.
func (f *function) params() ([]*ast.Ident, *ast.BlockStmt) {
	lists := []*ast.FieldList{}
	if f.decl != nil {
		lists = append(lists, f.decl.Recv, f.decl.Type.Params)
	} else {
		lists = append(lists, f.lit.Type.Params)
	}
	var names []*ast.Ident
	for _, list := range lists {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			if len(field.Names) == 0 {
				names = append(names, &ast.Ident{Name: "_"})
			}
			names = append(names, field.Names...)
		}
	}
	return names, f.body
}

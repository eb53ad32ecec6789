package vet

import (
	"go/ast"
	"go/types"
)

// capacities lists what the package gives its channel variables and fields for a
// capacity, nil where it makes one without.
func (p *program) capacities() map[*types.Var][]ast.Expr {
	all := make(map[*types.Var][]ast.Expr)
	add := func(to, e ast.Expr) {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		if !ok || !p.builtin(call, "make") {
			return
		}
		if s, ok := p.spotOf(to); ok {
			var capacity ast.Expr
			if len(call.Args) > 1 {
				capacity = call.Args[1]
			}
			all[s.last] = append(all[s.last], capacity)
		}
	}
	for _, f := range p.functions {
		own(f.body, func(n ast.Node) {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i := 0; i < len(n.Rhs) && len(n.Lhs) == len(n.Rhs); i++ {
					add(n.Lhs[i], n.Rhs[i])
				}
			case *ast.ValueSpec:
				for i := 0; i < len(n.Values) && len(n.Names) == len(n.Values); i++ {
					add(n.Names[i], n.Values[i])
				}
			case *ast.KeyValueExpr:
				add(n.Key, n.Value)
			}
		})
	}
	return all
}

// harmless reports whether an operation under a lock, on one of these channels,
// is so for a reason that the text shows.
func (h *holding) harmless(at ast.Node, channels []ast.Expr, sends bool, held uint64) bool {
	for _, e := range channels {
		on, ok := h.spotOf(e)
		if ok && (h.roomy(on, sends, held) || h.measured(on) || !sends && h.closedBefore(on, at) || h.amongThemselves(on, held)) {
			return true
		}
	}
	return false
}

// roomy reports whether a channel has room: a local one that was made with a
// capacity; one for a single reply, of somebody else than who has the lock; or
// one of empty structs, from which a receive takes back one's own token.
func (h *holding) roomy(on spot, sends bool, held uint64) bool {
	if len(h.capacity[on.last]) == 0 {
		return false
	}
	local, one := on.path == "", true
	for _, c := range h.capacity[on.last] {
		if c == nil || h.isConstant(c, 0) {
			return false
		}
		one = one && h.isConstant(c, 1)
	}
	if local && !on.last.IsField() && on.last.Parent() != on.last.Pkg().Scope() {
		return true
	}
	for i, l := range h.locks {
		one = one && !(held&(1<<i) != 0 && l.root == on.root)
	}
	ch, _ := on.last.Type().Underlying().(*types.Chan)
	token := false
	if ch != nil {
		st, isStruct := ch.Elem().Underlying().(*types.Struct)
		token = isStruct && st.NumFields() == 0
	}
	return one || token && !sends
}

// measured reports whether f asks for the capacity of the channel: then it knows
// that there is room, while nobody else can send.
func (h *holding) measured(on spot) bool {
	return h.calls("cap", on, func(ast.Node) bool { return true })
}

// closedBefore reports whether f closes the channel before it receives from it.
func (h *holding) closedBefore(on spot, at ast.Node) bool {
	return h.calls("close", on, func(n ast.Node) bool { return n.Pos() < at.Pos() })
}

// calls reports whether f itself calls a builtin function on the channel.
func (h *holding) calls(name string, on spot, such func(ast.Node) bool) bool {
	found := false
	own(h.f.body, func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok && h.builtin(call, name) && len(call.Args) == 1 {
			found = found || h.isPlace(call.Args[0], on.place) && such(n)
		}
	})
	return found
}

// amongThemselves reports whether f made the channel itself, and no literal in
// it takes the lock: then the goroutines at the other end need not have it.
func (h *holding) amongThemselves(on spot, held uint64) bool {
	if on.path != "" || !covers(h.f.body, varNode{on.root}) || len(h.capacity[on.last]) == 0 {
		return false
	}
	for _, g := range h.functions {
		if g == h.f || !g.inside(h.f) {
			continue
		}
		for _, c := range h.locksOf().calls[g] {
			if held&h.bit(c) != 0 {
				return false
			}
		}
	}
	return true
}

package vet

import (
	"go/ast"
	"go/types"
)

// capacities are those that a package gives its channels, nil where it makes one
// without.
type capacities struct {
	of   map[*types.Var][]ast.Expr // by the variable or field
	with map[string][]ast.Expr     // by what the channels carry
}

func (p *program) capacities() capacities {
	all := capacities{make(map[*types.Var][]ast.Expr), make(map[string][]ast.Expr)}
	add := func(to, e ast.Expr) {
		if capacity, ok := p.makesChannel(e); ok {
			if s, ok := p.spotOf(to); ok {
				all.of[s.last] = append(all.of[s.last], capacity)
			}
		}
	}
	for _, f := range p.functions {
		own(f.body, func(n ast.Node) {
			switch n := n.(type) {
			case *ast.CallExpr:
				if capacity, ok := p.makesChannel(n); ok {
					elem := carried(p.info.TypeOf(n))
					all.with[elem] = append(all.with[elem], capacity)
				}
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

// makesChannel reads a call of make for a channel.
func (p *program) makesChannel(e ast.Expr) (capacity ast.Expr, ok bool) {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || !p.builtin(call, "make") || carried(p.info.TypeOf(call)) == "" {
		return nil, false
	}
	if len(call.Args) > 1 {
		capacity = call.Args[1]
	}
	return capacity, true
}

// carried is the type of what a channel carries, "" if t is none.
func carried(t types.Type) string {
	if ch, ok := t.Underlying().(*types.Chan); ok {
		return types.TypeString(ch.Elem(), nil)
	}
	return ""
}

// harmless reports whether an operation under a lock, on one of these channels,
// is so for a reason that the text shows.
func (h *holding) harmless(at ast.Node, channels []ast.Expr, sends bool, held uint64) bool {
	for _, e := range channels {
		on, ok := h.spotOf(e)
		if ok && (h.roomy(on, sends) || h.measured(on) || !sends && h.closedBefore(on, at) || h.amongThemselves(on, held)) {
			return true
		}
	}
	return false
}

// roomy reports whether a channel has room: a local one that was made with a
// capacity; one for a single reply; or one of empty structs, from which a receive
// takes back one's own token. Of a channel that comes from elsewhere, all that
// carry the same are looked at.
func (h *holding) roomy(on spot, sends bool) bool {
	list, elem := h.capacity.of[on.last], carried(on.last.Type())
	if len(list) == 0 {
		list = h.capacity.with[elem]
	}
	one := len(list) > 0
	for _, c := range list {
		if c == nil || h.isConstant(c, 0) {
			return false
		}
		one = one && h.isConstant(c, 1)
	}
	if len(h.capacity.of[on.last]) > 0 && on.path == "" && on.last.Parent() != on.last.Pkg().Scope() {
		return true
	}
	return sends && one || !sends && len(list) > 0 && elem == "struct{}"
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
	found := !h.spend(h.f.body)
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
	if on.path != "" || !covers(h.f.body, varNode{on.root}) || len(h.capacity.of[on.last]) == 0 {
		return false
	}
	h.text -= len(h.functions)
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

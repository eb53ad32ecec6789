package vet

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"
)

// abandonedsend finds a goroutine whose send on an unbuffered channel may never
// be received: the channel belongs to one function, and this may leave before it
// has received as often as its goroutines send.
var abandonedsend = ours("abandonedsend", "find a send that the function may leave without receiving", func(pass *analysis.Pass, p *program) {
	for _, f := range p.functions {
		if f.decl != nil && f.decl.Recv == nil && f.decl.Name.Name == "main" && pass.Pkg.Name() == "main" {
			continue // the program ends with it
		}
		p.makes(f, func(v *types.Var, capacity ast.Expr) {
			if e := p.exchangeOf(f, v); capacity == nil && e != nil && e.mayLeave() {
				pass.Reportf(e.sends[0].Pos(), "the function may return without receiving this")
			}
		})
	}
})

// exchange is what one function and its goroutines do over a channel of it.
type exchange struct {
	*program
	f       *function
	v       *types.Var
	sends   []ast.Node          // in the goroutines
	senders map[ast.Node]int    // how often each start makes somebody send, at least
	loops   map[ast.Stmt]bool   // in which f receives
	gets    map[ast.Node]bool   // with these, f receives
	ends    map[*types.Var]bool // closed by the goroutines
	forever bool                // somebody sends in a loop that does not end by itself, or closes at its end
}

// many is a number of sends that only a loop receives.
const many = 100

// exchangeOf looks at the channel v of f. It is nil where others take part.
func (p *program) exchangeOf(f *function, v *types.Var) *exchange {
	c := p.channelsOf()[v]
	if c == nil || c.escapes || p.assigned(f.body, place{v, ""}) {
		return nil
	}
	e := &exchange{program: p, f: f, v: v, senders: make(map[ast.Node]int), loops: make(map[ast.Stmt]bool),
		gets: make(map[ast.Node]bool), ends: make(map[*types.Var]bool)}
	starts := p.startsOf(f)
	if p.text -= len(starts) * len(p.channels); p.text < 0 {
		return nil
	}
	for _, u := range c.uses {
		i := slices.IndexFunc(starts, func(s start) bool { return s.runs == u.in && u.in != nil && u.in.lit != nil })
		switch {
		case u.kind == receives && u.in != f, u.kind == sends && i < 0:
			return nil
		case u.kind == receives:
			e.receive(u.node)
		case u.kind == sends && !u.other:
			e.sends = append(e.sends, u.node)
			e.senders[starts[i].stmt] = max(1, e.senders[starts[i].stmt])
			e.repeated(u, starts[i])
		}
	}
	if len(e.sends) == 0 {
		return nil
	}
	e.partners(starts)
	return e
}

// receive notes that f receives at n.
func (e *exchange) receive(n ast.Node) {
	e.gets[n] = true
	if loop, ok := n.(*ast.RangeStmt); ok {
		e.loops[loop] = true
	} else if loop := e.loopAround(e.f.body, n); loop != nil && !covers(loop, varNode{e.v}) {
		e.loops[loop] = true
	}
}

// repeated looks for the loop of a send, in its goroutine or around its start.
func (e *exchange) repeated(u chanUse, s start) {
	around := e.loopAround(e.f.body, s.stmt)
	if around != nil && !covers(around, varNode{e.v}) && !e.receivesIn(around) {
		e.senders[s.stmt] = many
	}
	loop := e.loopAround(u.in.body, u.node)
	if loop == nil {
		return
	}
	e.senders[s.stmt] = many
	if loop, ok := loop.(*ast.ForStmt); ok && loop.Cond == nil {
		e.forever = true
	}
}

// receivesIn reports whether f receives from the channel in this loop.
func (e *exchange) receivesIn(loop ast.Stmt) bool {
	return slices.ContainsFunc(e.channelsOf()[e.v].uses, func(u chanUse) bool {
		return u.kind == receives && u.in == e.f && covers(loop, u.node) && u.node != loop
	})
}

// partners finds the other channels that tell f of its goroutines: what they
// send instead, and what they close.
func (e *exchange) partners(starts []start) {
	for _, s := range starts {
		if e.senders[s.stmt] == 0 {
			continue
		}
		for v, c := range e.channelsOf() {
			for _, u := range c.uses {
				switch {
				case u.in != s.runs && !(u.in.outer == s.runs && u.in.role == deferred):
				case u.kind == closes:
					e.ends[v] = true
					e.forever = e.forever || v == e.v
				case u.kind == sends && v != e.v:
					e.receiveFrom(c)
				}
			}
		}
	}
}

// receiveFrom notes what f receives from another channel of its goroutines.
func (e *exchange) receiveFrom(c *channel) {
	for _, u := range c.uses {
		if u.kind == receives && u.in == e.f {
			e.receive(u.node)
		}
	}
}

// mayLeave walks through f. The phase is how many sends are open.
func (e *exchange) mayLeave() bool {
	leaves := false
	complete := e.pathsOf(e.f).walk(route{
		node: func(n ast.Node, phase int) int {
			if phase > 0 && n.Pos() <= e.v.Pos() && e.v.Pos() < n.End() {
				leaves, phase = true, 0 // the variable is made anew
			}
			return e.after(n, phase)
		},
		edge: e.between,
		exit: func(_ *ast.ReturnStmt, phase int) { leaves = leaves || phase > 0 },
	})
	return complete && leaves
}

// after is the number of open sends after a node.
func (e *exchange) after(n ast.Node, open int) int {
	own(n, func(m ast.Node) {
		switch {
		case open == off:
		case e.senders[m] > 0:
			open = min(open+e.senders[m], many)
		case e.gets[m] && open < many:
			open = max(0, open-1)
		case e.awaits(m):
			open = off
		}
	})
	return open
}

// awaits reports whether f waits here for the end of its goroutines: then it
// hangs if they do, and does not leave.
func (e *exchange) awaits(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.UnaryExpr:
		id, _ := ast.Unparen(n.X).(*ast.Ident)
		v := e.channelVar(id)
		return n.Op == token.ARROW && v != nil && v != e.v && e.ends[v]
	case *ast.CallExpr:
		sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
		return ok && sel.Sel.Name == "Wait"
	}
	return false
}

// between is the number of open sends after a step from block to block. A loop
// that receives and comes to its own end has received everything, and so has one
// that ends by a count.
func (e *exchange) between(from, to *cfg.Block, open int) int {
	loop := from.Kind == cfg.KindForLoop || from.Kind == cfg.KindRangeLoop
	if loop && len(from.Succs) == 2 && to == from.Succs[1] && e.loops[from.Stmt] {
		return 0
	}
	if r, ok := to.Stmt.(*ast.RangeStmt); ok && to.Kind == cfg.KindRangeBody && e.gets[r] && open < many {
		return max(0, open-1)
	}
	if cond := conditionOf(from); cond != nil && !e.forever && e.inReceiveLoop(cond) && e.counts(cond) {
		return off
	}
	return open
}

func (e *exchange) inReceiveLoop(n ast.Node) bool {
	loop := e.loopAround(e.f.body, n)
	return loop != nil && e.loops[loop]
}

// counts reports whether a condition compares how much there is.
func (e *exchange) counts(cond ast.Expr) bool {
	found := false
	leaves(cond, func(leaf ast.Expr) {
		c, ok := leaf.(*ast.BinaryExpr)
		found = found || ok && (e.isCount(c.X) || e.isCount(c.Y))
	})
	return found
}

// isCount reports whether x is a length, or a number that f changes or that
// counts the rounds of a loop.
func (e *exchange) isCount(x ast.Expr) bool {
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok {
		return e.builtin(call, "len")
	}
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := e.info.Uses[id].(*types.Var)
	if !ok {
		return false
	}
	basic, ok := v.Type().Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0 && (e.assigned(e.f.body, place{v, ""}) || e.isRangeKey(v))
}

// isRangeKey reports whether v counts the rounds of a range.
func (e *exchange) isRangeKey(v *types.Var) bool {
	found := !e.spend(e.f.body)
	own(e.f.body, func(n ast.Node) {
		if r, ok := n.(*ast.RangeStmt); ok {
			id, isIdent := r.Key.(*ast.Ident)
			found = found || isIdent && e.info.Defs[id] == v && !e.isChannel(r.X)
		}
	})
	return found
}

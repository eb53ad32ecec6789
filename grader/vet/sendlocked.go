package vet

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"
)

// sendlocked finds what waits for a channel while its function holds a lock on
// every path that leads there. It is silent where the text shows that nobody
// waits, or that the other end does not need the lock.
var sendlocked = ours("sendlocked", "find a channel operation under a lock", func(pass *analysis.Pass, p *program) {
	capacity := p.capacities()
	for _, f := range p.functions {
		if h := p.holdingIn(f); h != nil {
			h.capacity = capacity
			h.settle()
			h.visit(func(b *cfg.Block, held uint64) { h.remark(pass, b, held) })
		}
	}
})

// maxLocks is how many different locks of one function are told apart.
const maxLocks = 64

// holding is which locks a function holds where. A set of locks has a bit each.
type holding struct {
	*program
	f        *function
	locks    []lockCall
	entry    map[*cfg.Block]uint64 // held on every path there
	waits    map[ast.Node]ast.Stmt // the first case of a select that waits
	comms    map[ast.Node]bool
	capacity capacities
}

// holdingIn prepares the search in f, nil where there is nothing to find.
func (p *program) holdingIn(f *function) *holding {
	h := &holding{program: p, f: f, entry: make(map[*cfg.Block]uint64), waits: make(map[ast.Node]ast.Stmt), comms: commsOf(f.body)}
	for _, c := range p.locksOf().calls[f] {
		if c.op == take && h.bit(c) == 0 && len(h.locks) < maxLocks && !p.handedOn(f, c.lock) && !p.assigned(f.body, c.place) {
			h.locks = append(h.locks, c)
		}
	}
	if len(h.locks) == 0 {
		return nil
	}
	own(f.body, func(n ast.Node) {
		if s, ok := n.(*ast.SelectStmt); ok && len(s.Body.List) > 0 && !hasDefault(s) {
			h.waits[s.Body.List[0].(*ast.CommClause).Comm] = s
		}
	})
	return h
}

func (h *holding) bit(c lockCall) uint64 {
	for i, l := range h.locks {
		if l.lock == c.lock {
			return 1 << i
		}
	}
	return 0
}

// settle works out what is held at the entry of each block: less and less, until
// nothing changes.
func (h *holding) settle() {
	const all = ^uint64(0)
	for _, b := range h.f.graph.Blocks {
		h.entry[b] = all
	}
	h.entry[h.f.graph.Blocks[0]] = 0
	queue := []*cfg.Block{h.f.graph.Blocks[0]}
	seen := map[*cfg.Block]bool{queue[0]: true}
	for len(queue) > 0 {
		b := queue[0]
		queue = queue[1:]
		out := h.entry[b]
		for _, n := range b.Nodes {
			out = h.after(n, out)
		}
		for _, next := range b.Succs {
			if in := h.entry[next] & out; in != h.entry[next] || !seen[next] {
				h.entry[next], seen[next] = in, true
				queue = append(queue, next)
			}
		}
	}
}

// visit gives each block that can be reached, and what is held at its entry.
func (h *holding) visit(do func(b *cfg.Block, held uint64)) {
	for _, b := range h.f.graph.Blocks {
		if b.Live {
			do(b, h.entry[b])
		}
	}
}

// after is what is held after a node. A deferred release comes later; a literal
// that releases may run at once.
func (h *holding) after(n ast.Node, held uint64) uint64 {
	if _, ok := n.(*ast.DeferStmt); ok {
		return held
	}
	own(n, func(m ast.Node) {
		switch m := m.(type) {
		case *ast.FuncLit:
			for i, l := range h.locks {
				if h.releasesForOuter(m, l.lock) {
					held &^= 1 << i
				}
			}
		case *ast.CallExpr:
			if c, ok := h.locksOf().of[m]; ok && c.op == take {
				held |= h.bit(c)
			} else if ok && c.op == release {
				held &^= h.bit(c)
			}
			held &^= h.releasedBy(h.declaredCallee(m))
		}
	})
	return held
}

// releasedBy is what a function of this package may release for its caller.
func (h *holding) releasedBy(g *function) (released uint64) {
	if g == nil {
		return 0
	}
	for _, b := range h.program.locks.backs {
		for i, l := range h.locks {
			if b.in.inside(g) && b.last == l.last {
				released |= 1 << i
			}
		}
	}
	return released
}

// remark looks at what the block waits for.
func (h *holding) remark(pass *analysis.Pass, b *cfg.Block, held uint64) {
	tell := func(at ast.Node, channels []ast.Expr, sends, held uint64) {
		if held != 0 && !h.harmless(at, channels, sends != 0, held) {
			pass.Reportf(at.Pos(), "this waits for a channel while %s is held", h.name(held))
		}
	}
	if r, ok := b.Stmt.(*ast.RangeStmt); ok && b.Kind == cfg.KindRangeLoop && h.isChannel(r.X) {
		tell(r, []ast.Expr{r.X}, 0, held)
	}
	for _, n := range b.Nodes {
		if s := h.waits[n]; s != nil {
			tell(s, operands(s.(*ast.SelectStmt)), 0, held)
		}
		_, isDefer := n.(*ast.DeferStmt)
		own(n, func(m ast.Node) {
			switch m := m.(type) {
			case *ast.SendStmt:
				if !h.comms[n] {
					tell(m, []ast.Expr{m.Chan}, 1, held)
				}
			case *ast.UnaryExpr:
				if m.Op == token.ARROW && !h.comms[n] && !isDefer {
					tell(m, []ast.Expr{m.X}, 0, held)
				}
			}
		})
		held = h.after(n, held)
	}
}

func (h *holding) name(held uint64) string {
	for i, l := range h.locks {
		if held&(1<<i) != 0 {
			return l.root.Name() + l.path
		}
	}
	return ""
}

// operands are the channels of a select.
func operands(s *ast.SelectStmt) (list []ast.Expr) {
	for _, clause := range s.Body.List {
		own(clause.(*ast.CommClause).Comm, func(n ast.Node) {
			switch n := n.(type) {
			case *ast.SendStmt:
				list = append(list, n.Chan)
			case *ast.UnaryExpr:
				if n.Op == token.ARROW {
					list = append(list, n.X)
				}
			}
		})
	}
	return list
}

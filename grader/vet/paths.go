package vet

import (
	"go/ast"
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"
)

// Bounds of a walk. Where one is reached, nothing is said of the function.
const (
	// maxStates is a hundred times what a function of a course needs.
	maxStates = 4096
	// maxConditions is how many conditions that come up again are remembered.
	maxConditions = 16
	// maxText is how much text may be looked at, again and again, in one package,
	// in bytes: twenty times what the longest submissions need.
	maxText = 2 << 20
)

// off ends a path that is of no more interest.
const off = -1

// route is what a walk does on its way, with a phase that begins at 0.
type route struct {
	node func(n ast.Node, phase int) int          // the phase after a node; the comm of a select only in its case
	edge func(from, to *cfg.Block, phase int) int // the same between blocks; may be nil
	exit func(ret *ast.ReturnStmt, phase int)     // where the function returns, or falls off its end
}

// paths are the ways through one function. A condition that comes up again with
// the same words has the same outcome, unless something in it was assigned to
// meanwhile: so "if logged { mu.Lock() }" and "if logged { mu.Unlock() }" belong
// together. Panics and calls that never return are no way out.
type paths struct {
	graph   *cfg.CFG
	info    *types.Info
	known   *conditions
	comms   map[ast.Node]bool
	effects map[ast.Node]effect
	text    *int // what is left of maxText
}

// pathsOf prepares the walks through a function, once.
func (p *program) pathsOf(f *function) *paths {
	if f.paths == nil {
		f.paths = &paths{
			graph: f.graph, info: p.info, known: p.conditionsOf(f.body),
			comms: commsOf(f.body), effects: make(map[ast.Node]effect), text: &p.text,
		}
	}
	return f.paths
}

// commsOf lists what the cases of the selects wait for.
func commsOf(body *ast.BlockStmt) map[ast.Node]bool {
	comms := make(map[ast.Node]bool)
	own(body, func(n ast.Node) {
		if c, ok := n.(*ast.CommClause); ok && c.Comm != nil {
			comms[c.Comm] = true
		}
	})
	return comms
}

// state is where a walk is.
type state struct {
	block *cfg.Block
	phase int
	facts facts
}

// walk takes every path and reports whether it came to the end of all.
func (ps *paths) walk(r route) bool {
	if ps.known.overflow {
		return false
	}
	seen := make(map[state]bool)
	stack := []state{{block: ps.graph.Blocks[0]}}
	for len(stack) > 0 {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[s] {
			continue
		}
		if len(seen) == maxStates || *ps.text < 0 {
			return false
		}
		seen[s] = true
		if s = ps.through(r, s); s.phase == off {
			continue
		}
		if ret := s.block.Return(); ret != nil {
			r.exit(ret, s.phase)
			continue
		}
		stack = ps.onward(r, s, stack)
	}
	return true
}

// through goes through the block that s is at.
func (ps *paths) through(r route, s state) state {
	step := func(n ast.Node) {
		if s.phase != off {
			*ps.text -= int(n.End() - n.Pos())
			s.phase = r.node(n, s.phase)
			s.facts = s.facts.after(ps.effect(n))
		}
		if ps.ends(n) {
			s.phase = off
		}
	}
	if c, ok := s.block.Stmt.(*ast.CommClause); ok && s.block.Kind == cfg.KindSelectCaseBody {
		step(c.Comm)
	}
	for _, n := range s.block.Nodes {
		if !ps.comms[n] {
			step(n)
		}
	}
	return s
}

// ends reports whether the program, or the test, ends with this statement. That
// panics do is in the graph already.
func (ps *paths) ends(n ast.Node) bool {
	s, ok := n.(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := s.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := typeutil.StaticCallee(ps.info, call)
	if fn == nil {
		return false
	}
	switch fn.FullName() {
	case "os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln", "log.Panic", "log.Panicf", "log.Panicln":
		return true
	}
	if fn.Pkg() == nil || fn.Pkg().Path() != "testing" {
		return false
	}
	switch fn.Name() {
	case "Fatal", "Fatalf", "FailNow", "Skip", "Skipf", "SkipNow":
		return true
	}
	return false
}

// onward adds what comes after the block that s is at.
func (ps *paths) onward(r route, s state, stack []state) []state {
	for i, next := range s.block.Succs {
		facts, possible := s.facts, true
		if cond := conditionOf(s.block); cond != nil {
			facts, possible = ps.known.assume(facts, cond, i == 0)
		}
		phase := s.phase
		if r.edge != nil {
			phase = r.edge(s.block, next, phase)
		}
		if loop, ok := next.Stmt.(*ast.RangeStmt); ok && next.Kind == cfg.KindRangeBody {
			facts = facts.after(ps.effect(loop))
		}
		if possible && phase != off {
			stack = append(stack, state{next, phase, facts})
		}
	}
	return stack
}

// conditionOf is the condition at the end of a block, or nil. The values of a
// switch that has a tag are none.
func conditionOf(b *cfg.Block) ast.Expr {
	if len(b.Succs) != 2 || len(b.Nodes) == 0 {
		return nil
	}
	switch b.Succs[0].Kind {
	case cfg.KindIfThen, cfg.KindForBody, cfg.KindSwitchCaseBody:
		cond, _ := b.Nodes[len(b.Nodes)-1].(ast.Expr)
		return cond
	}
	return nil
}

// effect is what a node does to the conditions that are remembered.
func (ps *paths) effect(n ast.Node) effect {
	e, ok := ps.effects[n]
	if !ok {
		e = ps.known.effectOf(n, func(x ast.Expr) constant.Value { return ps.info.Types[x].Value })
		ps.effects[n] = e
	}
	return e
}

// effectOf reads an assignment.
func (c *conditions) effectOf(n ast.Node, value func(ast.Expr) constant.Value) (e effect) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, l := range n.Lhs {
			e.forget |= c.about(l)
			if len(n.Rhs) == len(n.Lhs) {
				c.set(&e, l, value(n.Rhs[i]))
			}
		}
	case *ast.IncDecStmt:
		e.forget = c.about(n.X)
	case *ast.RangeStmt:
		e.forget = c.about(n.Key) | c.about(n.Value)
	case *ast.ValueSpec:
		for i, name := range n.Names {
			e.forget |= c.about(name)
			if len(n.Values) == 0 {
				c.set(&e, name, constant.MakeBool(false))
			} else if len(n.Values) == len(n.Names) {
				c.set(&e, name, value(n.Values[i]))
			}
		}
	}
	return e
}

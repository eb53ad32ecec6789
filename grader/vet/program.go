package vet

import (
	"go/ast"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"
)

// programAnalyzer prepares once what our own analysers look at: a *program.
var programAnalyzer = &analysis.Analyzer{
	Name:       "program",
	Doc:        "list the functions of a package and how each is run",
	Requires:   []*analysis.Analyzer{inspect.Analyzer, ctrlflow.Analyzer},
	Run:        func(pass *analysis.Pass) (any, error) { return newProgram(pass), nil },
	ResultType: reflect.TypeFor[*program](),
}

// ours makes one of our own analysers of what it does with a program.
func ours(name, doc string, run func(*analysis.Pass, *program)) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: name, Doc: doc, Requires: []*analysis.Analyzer{programAnalyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			run(pass, pass.ResultOf[programAnalyzer].(*program))
			return nil, nil
		},
	}
}

// program is a package as our analysers see it.
type program struct {
	info      *types.Info
	functions []*function // in the order of the source, a literal after what it is in
	declared  map[*types.Func]*function
	literals  map[*ast.FuncLit]*function
	loops     map[*ast.BlockStmt][]loop // see loopsOf
	locks     *locks                    // see locksOf
	channels  map[*types.Var]*channel   // see channelsOf
	text      int                       // see maxText
}

// role is how a literal is run, as far as the text around it tells.
type role int

const (
	kept     role = iota // in a variable, or given to a function: at any time
	started              // by a go statement, or the Go method of a group
	deferred             // when the function around it ends
	called               // at once
)

// function is one body of code, of a declaration or of a literal. The body does
// not include those of the literals in it.
type function struct {
	decl  *ast.FuncDecl // nil for a literal
	lit   *ast.FuncLit  // nil for a declaration
	outer *function     // what the literal is in
	inner []*function   // the literals directly in this
	role  role          // of a literal
	by    *ast.GoStmt   // that starts the literal, if one does
	body  *ast.BlockStmt
	graph *cfg.CFG
	paths *paths // see pathsOf

	starts      []start // see startsOf
	startsKnown bool
}

func newProgram(pass *analysis.Pass) *program {
	p := &program{
		info: pass.TypesInfo, declared: make(map[*types.Func]*function), literals: make(map[*ast.FuncLit]*function),
		loops: make(map[*ast.BlockStmt][]loop), text: maxText,
	}
	graphs := pass.ResultOf[ctrlflow.Analyzer].(*ctrlflow.CFGs)
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	for c := range root.Preorder((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		f := &function{}
		switch n := c.Node().(type) {
		case *ast.FuncDecl:
			fn, ok := p.info.Defs[n.Name].(*types.Func)
			if !ok || n.Body == nil {
				continue
			}
			f.decl, f.body, f.graph = n, n.Body, graphs.FuncDecl(n)
			p.declared[fn] = f
		case *ast.FuncLit:
			f.lit, f.body, f.graph = n, n.Body, graphs.FuncLit(n)
			f.role, f.by = p.roleOf(c)
			if f.outer = p.around(c); f.outer != nil {
				f.outer.inner = append(f.outer.inner, f)
			}
			p.literals[n] = f
		}
		if f.graph != nil {
			p.functions = append(p.functions, f)
		}
	}
	return p
}

// around is the function that a literal is in, nil outside of all.
func (p *program) around(c inspector.Cursor) *function {
	for outer := range c.Parent().Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch n := outer.Node().(type) {
		case *ast.FuncLit:
			return p.literals[n]
		case *ast.FuncDecl:
			fn, _ := p.info.Defs[n.Name].(*types.Func)
			return p.declared[fn]
		}
	}
	return nil
}

// roleOf tells how the literal at c is run, and by which go statement.
func (p *program) roleOf(c inspector.Cursor) (role, *ast.GoStmt) {
	call, ok := c.Parent().Node().(*ast.CallExpr)
	if !ok {
		return kept, nil
	}
	if call.Fun != c.Node() {
		if fn := typeutil.StaticCallee(p.info, call); fn != nil && isGroupGo(fn) {
			return started, nil
		}
		return kept, nil
	}
	switch s := c.Parent().Parent().Node().(type) {
	case *ast.GoStmt:
		return started, s
	case *ast.DeferStmt:
		return deferred, nil
	}
	return called, nil
}

// isGroupGo reports whether fn starts its argument in a goroutine.
func isGroupGo(fn *types.Func) bool {
	switch fn.FullName() {
	case "(*sync.WaitGroup).Go", "(*golang.org/x/sync/errgroup.Group).Go":
		return true
	}
	return false
}

// inside reports whether f is g, or a literal somewhere in g.
func (f *function) inside(g *function) bool {
	for ; f != nil; f = f.outer {
		if f == g {
			return true
		}
	}
	return false
}

// own visits what belongs to n itself: literals are visited, what is in them is
// not.
func own(n ast.Node, visit func(ast.Node)) {
	ast.Inspect(n, func(m ast.Node) bool {
		if m == nil {
			return false
		}
		visit(m)
		_, lit := m.(*ast.FuncLit)
		return !lit || m == n
	})
}

// spend takes what it costs to look at n from what all looking may cost, and
// reports whether there was enough. Who has not enough must say nothing.
func (p *program) spend(n ast.Node) bool {
	p.text -= int(n.End() - n.Pos())
	return p.text >= 0
}

// builtin reports whether the call is of the builtin function of this name.
func (p *program) builtin(call *ast.CallExpr, name string) bool {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok || id.Name != name {
		return false
	}
	_, ok = p.info.Uses[id].(*types.Builtin)
	return ok
}

// declaredCallee is the function of this package that the call is of, or nil.
func (p *program) declaredCallee(call *ast.CallExpr) *function {
	fn := typeutil.StaticCallee(p.info, call)
	if fn == nil {
		return nil
	}
	return p.declared[fn.Origin()]
}

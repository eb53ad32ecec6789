package source

import (
	"go/ast"
	"go/types"
	"strings"
)

// Start is a place where a goroutine is started.
type Start struct {
	Place
	// Runs is what the goroutine was started to do: the function that it calls,
	// as the text has it; empty where the text does not tell.
	Runs string

	literal *ast.FuncLit // what it runs, if that is a literal
	name    string       // and of a function its name, without receiver
	group   any          // the WaitGroup or the like that counts it, as a key of classes
}

// starting are the functions and methods that run their last argument in a
// goroutine of its own.
var starting = map[string]bool{
	"sync.Go": true, "context.AfterFunc": true, "time.AfterFunc": true,
	"golang.org/x/sync/errgroup.Go": true, "golang.org/x/sync/errgroup.TryGo": true,
}

// Started is the function that n starts a goroutine to run, as the text has it; nil
// where n starts none.
func Started(info *types.Info, n ast.Node) ast.Expr {
	switch n := n.(type) {
	case *ast.GoStmt:
		return n.Call.Fun
	case *ast.CallExpr:
		fn, ok := Named(info, n.Fun).(*types.Func)
		if ok && fn.Pkg() != nil && len(n.Args) > 0 && starting[fn.Pkg().Path()+"."+fn.Name()] {
			return n.Args[len(n.Args)-1]
		}
	}
	return nil
}

// start notes n if it starts a goroutine.
func (m *Map) start(n ast.Node) {
	fn := Started(m.info, n)
	if fn == nil {
		return
	}
	s := Start{Place: m.place(n.Pos())}
	if call, ok := n.(*ast.CallExpr); ok {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			s.group = m.object(sel.X)
		}
	}
	m.starts = append(m.starts, m.begun(s, fn))
}

// begun adds what the goroutine runs.
func (m *Map) begun(s Start, fn ast.Expr) Start {
	fn = ast.Unparen(fn)
	if lit, ok := fn.(*ast.FuncLit); ok {
		s.literal, s.Runs = lit, m.purpose(lit)
		return s
	}
	switch i := fn.(type) { // type arguments say nothing here
	case *ast.IndexExpr:
		fn = i.X
	case *ast.IndexListExpr:
		fn = i.X
	}
	s.Runs = types.ExprString(fn)
	s.name = s.Runs[strings.LastIndexByte(s.Runs, '.')+1:]
	return s
}

// purpose is the first function that a literal calls and that is none of Go's
// own: what a reader would say that it is for.
func (m *Map) purpose(lit *ast.FuncLit) string {
	found := ""
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.DeferStmt:
			return false
		case *ast.CallExpr:
			if found == "" && m.own(n) {
				found = types.ExprString(ast.Unparen(n.Fun))
			}
		}
		return found == ""
	})
	return found
}

// own reports whether a call is one of a function, method or closure of the
// package, or of one that it was given.
func (m *Map) own(call *ast.CallExpr) bool {
	switch obj := Named(m.info, call.Fun).(type) {
	case *types.Func:
		return m.local(obj)
	case *types.Var:
		_, isFunc := obj.Type().Underlying().(*types.Signature)
		return isFunc && !cancels(obj.Type())
	}
	return false
}

// local reports whether the text declares the function.
func (m *Map) local(fn *types.Func) bool { return fn.Pkg() != nil && fn.Pkg() == m.pkg }

// cancels reports whether the type is a context's cancel function.
func cancels(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && strings.HasPrefix(named.Obj().Name(), "Cancel") && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context"
}

// StartedAt returns the start on a line, if there is one.
func (m *Map) StartedAt(file string, line int) (Start, bool) {
	for _, s := range m.starts {
		if s.File == file && s.Line == line {
			return s, true
		}
	}
	return Start{}, false
}

// StartOf returns where the goroutine was started whose outermost frame in the
// package is at a line, in a function of this name as the runtime has it
// ("main.Search.func1"). That is how goroutines are found that sync.WaitGroup.Go
// and the like have started.
func (m *Map) StartOf(function, file string, line int) (Start, bool) {
	var found []Start
	for _, s := range m.starts {
		switch {
		case s.literal != nil && m.spans(s.literal, file, line):
			if n := len(found); n > 0 && m.within(s.literal, found[n-1].literal) {
				found = found[:n-1] // the innermost literal
			}
			found = append(found, s)
		case s.name != "" && s.name == bare(function):
			found = append(found, s)
		}
	}
	if len(found) != 1 {
		return Start{}, false
	}
	return found[0], true
}

// within reports whether a literal stands in an outer one, and can be told from it
// by its lines.
func (m *Map) within(lit, outer *ast.FuncLit) bool {
	if outer == nil || lit.Pos() < outer.Pos() || outer.End() < lit.End() {
		return false
	}
	return m.place(outer.Pos()).Line < m.place(outer.End()).Line
}

// Inside reports whether the operation stands in what a goroutine was started to
// run.
func (m *Map) Inside(op Operation, s Start) bool {
	if s.literal != nil {
		return m.spans(s.literal, op.File, op.Line)
	}
	return s.name != "" && s.name == bare(m.Function(op.File, op.Line))
}

// spans reports whether a line is one of the literal's.
func (m *Map) spans(lit *ast.FuncLit, file string, line int) bool {
	from, to := m.place(lit.Pos()), m.place(lit.End()-1)
	return from.File == file && from.Line <= line && line <= to.Line
}

// bare is a function's name without package, receiver and type arguments; the
// number of a literal is not a name.
func bare(function string) string {
	function, _ = strings.CutSuffix(function, "[...]")
	function, _ = strings.CutSuffix(function, "-fm") // a method value
	return function[strings.LastIndexByte(function, '.')+1:]
}

// Counts reports whether the WaitGroup or the like that op waits for counts the
// goroutine started there.
func (m *Map) Counts(op Operation, s Start) bool {
	return op.object != nil && s.group != nil && m.classes.find(op.object) == m.classes.find(s.group)
}

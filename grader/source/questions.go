package source

import (
	"go/ast"
	"go/types"
	"strings"
)

// At returns the operation of this kind on a line, the first of several.
func (m *Map) At(file string, line int, kind Kind) (Operation, bool) {
	for _, op := range m.ops {
		if op.File == file && op.Line == line && op.Kind == kind {
			return op, true
		}
	}
	return Operation{}, false
}

// All returns the operations of this kind on what op is on, in the order of the
// text. Which channel, lock or WaitGroup an expression means is followed through
// assignments, calls within the package, fields and results.
func (m *Map) All(op Operation, kind Kind) []Operation {
	if op.object == nil {
		return nil
	}
	class := m.classes.find(op.object)
	var list []Operation
	for _, other := range m.ops {
		if other.Kind == kind && other.object != nil && m.classes.find(other.object) == class {
			list = append(list, other)
		}
	}
	return list
}

// Escapes reports whether what op is on can be used where the text does not
// show it: it comes in or goes out through an exported function or field, or is
// given to a function of another package.
func (m *Map) Escapes(op Operation) bool {
	if op.object == nil {
		return true
	}
	class := m.classes.find(op.object)
	for _, object := range m.escaped {
		if m.classes.find(object) == class {
			return true
		}
	}
	return false
}

// escape notes what n makes known outside the package.
func (m *Map) escape(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		fn, ok := m.info.Defs[n.Name].(*types.Func)
		if !ok || !fn.Exported() {
			return
		}
		for v := range fn.Signature().Params().Variables() {
			m.escaped = append(m.escaped, v.Origin())
		}
		for i := range fn.Signature().Results().Len() {
			m.escaped = append(m.escaped, result{fn, i})
		}
	case *ast.Field:
		for _, name := range n.Names {
			if v, ok := m.info.Defs[name].(*types.Var); ok && v.IsField() && v.Exported() {
				m.escaped = append(m.escaped, v)
			}
		}
	case *ast.CallExpr:
		if m.known(n) {
			return
		}
		for _, arg := range n.Args {
			if object := m.object(arg); object != nil {
				m.escaped = append(m.escaped, object)
			}
		}
	}
}

// known reports whether the text shows what a call does with its arguments.
func (m *Map) known(call *ast.CallExpr) bool {
	if t, ok := m.info.Types[call.Fun]; ok && (t.IsBuiltin() || t.IsType()) {
		return true
	}
	if fn := m.callee(call); fn != nil {
		recv := fn.Signature().Recv()
		return m.local(fn) && (recv == nil || !types.IsInterface(recv.Type()))
	}
	_, literal := ast.Unparen(call.Fun).(*ast.FuncLit)
	return literal
}

// Timed reports whether the clock ends the wait: the channel is a timer's, or
// one of the select's is.
func (m *Map) Timed(op Operation) bool {
	if op.Kind != Select {
		return strings.HasPrefix(op.On, "time.") || strings.HasSuffix(op.On, ".C")
	}
	for _, c := range m.ops {
		if c.Choice && op.pos < c.pos && c.end <= op.end && m.Timed(c) {
			return true
		}
	}
	return false
}

// Cancels reports whether the operation waits for a context to end.
func (op Operation) Cancels() bool { return strings.HasSuffix(op.On, ".Done()") }

// Function is the name of the function or method that a line stands in, as its
// author would say it ("Transfer", "Shop.Buy"); "" outside of any.
func (m *Map) Function(file string, line int) string {
	if f := m.function(file, line); f != nil && f.decl != nil {
		return f.name
	}
	return ""
}

// Kinds returns all operations of a kind, in the order of the text.
func (m *Map) Kinds(kind Kind) []Operation {
	var list []Operation
	for _, op := range m.ops {
		if op.Kind == kind {
			list = append(list, op)
		}
	}
	return list
}

// Together reports whether the operation stands in the same function, or
// literal, as a line.
func (m *Map) Together(op Operation, file string, line int) bool {
	f := m.function(file, line)
	return f != nil && f == m.function(op.File, op.Line)
}

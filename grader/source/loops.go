package source

import (
	"cmp"
	"go/ast"
	"strings"
)

// span is where a loop begins, and the line where it ends.
type span struct {
	Place
	to    int
	empty bool // it does nothing at all
}

// loop notes n if it is a loop that may have no end.
func (m *Map) loop(n ast.Node) {
	if f, ok := n.(*ast.ForStmt); ok && f.Post == nil {
		m.loops = append(m.loops, span{m.place(f.For), m.place(f.End() - 1).Line, len(f.Body.List) == 0})
	}
}

// Loop is the innermost loop around a line, within its function, that may have no
// end: one that counts nothing and ranges over nothing.
func (m *Map) Loop(file string, line int) (Place, bool) {
	var found span
	for _, l := range m.loops {
		if l.File == file && l.Line <= line && line <= l.to && l.Line >= found.Line && m.function(file, line) == m.function(file, l.Line) {
			found = l
		}
	}
	return found.Place, found.Line > 0
}

// EmptyLoop is the first loop without a body in a function of a file. The function
// is named as a stack names it, without type arguments: "main.(*T).Spin",
// "main.Spin.func1". It is for a stack whose line is in no function at all: the
// jump of such a loop has no place in its file, and the compiler (Go 1.26) gives
// it line 1.
func (m *Map) EmptyLoop(file, function string) (Place, bool) {
	_, name, _ := strings.Cut(function[strings.LastIndexByte(function, '/')+1:], ".")
	name = strings.NewReplacer("(*", "", ")", "").Replace(name)
	for _, l := range m.loops {
		in := cmp.Or(m.Function(l.File, l.Line), "init") // as a stack names a variable's function
		if l.empty && l.File == file && strings.HasPrefix(name+".", in+".") {
			return l.Place, true
		}
	}
	return Place{}, false
}

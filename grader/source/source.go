// Package source knows where in a package's text the concurrency stands: its
// operations, its go statements, the variables of a line. Go's tools report a
// file and a line; with this, a finding says which channel it is, who could
// have come to it from the other side, and what a goroutine was started to do.
//
// What it says is read off the text and never decides a verdict: where the text
// does not tell, it says nothing.
package source

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"manche/grader/policy"
)

// Place is a position in a file, counted from 1.
type Place struct {
	File         string
	Line, Column int
}

// Map knows the operations of one package. It is safe for concurrent use; the
// zero value knows nothing.
type Map struct {
	fset    *token.FileSet
	info    *types.Info
	pkg     *types.Package
	sources map[string][]byte

	ops       []Operation
	starts    []Start
	functions []*function
	loops     []span
	accesses  map[spot][]access
	classes   classes
	escaped   []any              // keys of classes that are known outside
	choices   map[token.Pos]bool // operations that are one of several cases
}

// spot is a line of a file.
type spot struct {
	file string
	line int
}

// New reads a package that was type-checked, and its tests by name, which were
// not: of these it knows only what shows without types. Nobody else may use the
// package meanwhile.
func New(pkg *policy.Package, tests map[string][]byte) *Map {
	m := &Map{
		fset: pkg.Fset, info: pkg.Info, pkg: pkg.Types, sources: maps.Clone(pkg.Sources),
		accesses: make(map[spot][]access), classes: make(classes), choices: make(map[token.Pos]bool),
	}
	for _, name := range pkg.Names() {
		m.read(pkg.Files[name])
	}
	for _, name := range slices.Sorted(maps.Keys(tests)) {
		m.sources[name] = tests[name]
		if f, err := parser.ParseFile(m.fset, name, tests[name], parser.SkipObjectResolution); err == nil {
			m.read(f)
		}
	}
	slices.SortFunc(m.ops, func(a, b Operation) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return m
}

// read takes in one file.
func (m *Map) read(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		m.enter(n)
		m.operation(n)
		m.start(n)
		m.loop(n)
		m.access(n)
		m.flow(n)
		m.escape(n)
		return true
	})
}

// place is where a node begins.
func (m *Map) place(pos token.Pos) Place {
	at := m.fset.PositionFor(pos, false) // whatever a line directive says
	return Place{File: at.Filename, Line: at.Line, Column: at.Column}
}

// Column is where the text of a line begins, 0 where there is no such line.
func (m *Map) Column(file string, line int) int {
	src := string(m.sources[file])
	for n := 1; n < line && src != ""; n++ {
		_, src, _ = strings.Cut(src, "\n")
	}
	text, _, _ := strings.Cut(src, "\n")
	if rest := strings.TrimLeft(text, " \t"); rest != "" {
		return len(text) - len(rest) + 1
	}
	return 0
}

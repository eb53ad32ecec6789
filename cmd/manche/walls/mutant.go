// Package walls is what the verb "bench walls" needs: it takes one rule after the
// other out of what holds off a hostile program, and looks whether a test sees it.
package walls

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Wall is a kind of rule.
type Wall string

// The walls, in the order in which a program meets them.
const (
	Policy  Wall = "policy"  // what a submission may contain
	Stage   Wall = "stage"   // what the first stage of the sandbox puts up
	Filter  Wall = "filter"  // the argument rules of the system call filter
	Calls   Wall = "calls"   // the system calls that it does not allow
	Canary  Wall = "canary"  // failures on purpose
	Reports Wall = "reports" // what makes a report genuine and whole
)

// Walls lists all of them.
func Walls() []Wall { return []Wall{Policy, Stage, Filter, Calls, Canary, Reports} }

// Mutant is our source with one rule loosened.
type Mutant struct {
	Wall Wall   `json:"wall"`
	File string `json:"file"` // from the root of the repository
	Line int    `json:"line"`
	What string `json:"what"` // the change, as code
	// edits are the changes, by file.
	edits map[*source][]change
	// suites are the tests that should see it, tried in turn.
	suites []suite
}

// place says where a mutant is.
func (m Mutant) place() string { return fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.What) }

// source is a file that has been read, to be changed.
type source struct {
	name string // from the root
	text []byte
	fset *token.FileSet
	file *ast.File
}

// read reads a file of the repository at root.
func read(root, name string) (*source, error) {
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		return nil, fmt.Errorf("reading a source: %w", err)
	}
	s := &source{name: name, text: text, fset: token.NewFileSet()}
	s.file, err = parser.ParseFile(s.fset, name, text, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("reading a source: %w", err)
	}
	return s, nil
}

// code is the text of a node.
func (s *source) code(n ast.Node) string {
	return string(s.text[s.offset(n.Pos()):s.offset(n.End())])
}

func (s *source) offset(p token.Pos) int { return s.fset.Position(p).Offset }

// change is what is done to a node. One with text puts that in its place. Else it
// stands between before and after, in which # is the number of the mutant: then
// many of them are built into one program, which is told by number what it is.
type change struct {
	node          ast.Node
	before, after string
	text          string
	what          string
}

// switched reports whether the change can be one of many in a program.
func (c change) switched() bool { return c.before != "" }

// with returns the text of the source after one change.
func (s *source) with(c change) []byte {
	from, to := s.offset(c.node.Pos()), s.offset(c.node.End())
	return slices.Concat(s.text[:from], []byte(c.text), s.text[to:])
}

// mutants makes one of each change.
func (s *source) mutants(w Wall, changes []change, suites ...suite) []Mutant {
	var list []Mutant
	for _, c := range changes {
		list = append(list, Mutant{
			Wall: w, File: s.name, Line: s.fset.Position(c.node.Pos()).Line, What: c.what,
			edits: map[*source][]change{s: {c}}, suites: suites,
		})
	}
	return list
}

// switched reports whether it is one of many in a program.
func (m Mutant) switched() bool {
	for _, changes := range m.edits {
		if len(m.edits) > 1 || !changes[0].switched() {
			return false
		}
	}
	return len(m.edits) > 0
}

// function returns the declaration of a function or method, nil if there is none.
func (s *source) function(name string) *ast.FuncDecl {
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == name {
			return f
		}
	}
	return nil
}

// wrapped are the switched changes of a file, with their numbers.
type wrapped struct {
	change
	number int
}

// all returns the text with every one of the changes, each around its node, and
// what is inside of others within them.
func (s *source) all(changes []wrapped) []byte {
	type insert struct {
		at, width int // where, and how long the node is
		closing   bool
		text      string
	}
	var inserts []insert
	for _, c := range changes {
		from, to := s.offset(c.node.Pos()), s.offset(c.node.End())
		number := strconv.Itoa(c.number)
		inserts = append(inserts, insert{from, to - from, false, strings.ReplaceAll(c.before, "#", number)})
	}
	for _, c := range slices.Backward(changes) {
		from, to := s.offset(c.node.Pos()), s.offset(c.node.End())
		inserts = append(inserts, insert{to, to - from, true, c.after})
	}
	slices.SortStableFunc(inserts, func(a, b insert) int {
		switch {
		case a.at != b.at:
			return a.at - b.at
		case a.closing != b.closing:
			if a.closing {
				return -1 // what ends here, before what begins
			}
			return 1
		case a.closing:
			return a.width - b.width // the inner ends first
		}
		return b.width - a.width // the outer begins first
	})
	var out []byte
	done := 0
	for _, in := range inserts {
		out = append(append(out, s.text[done:in.at]...), in.text...)
		done = in.at
	}
	return append(out, s.text[done:]...)
}

// short is code on one line, cut where it says enough.
func short(code string) string {
	const enough = 90
	line := strings.Join(strings.Fields(code), " ")
	if len(line) > enough {
		return line[:enough] + "…"
	}
	return line
}

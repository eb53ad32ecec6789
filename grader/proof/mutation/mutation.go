// Package mutation makes the mistakes that people make in concurrent code: from
// sound Go sources it derives mutants, each with one thing undone that some order
// of events, or some caller, rests on. Checks that accept a mutant do not hold
// what the sound code promises, or the mutant is another way of being right.
package mutation

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// Mutant is the sources with one mistake, named for what was done: add-inside,
// drop-buffer, drop-cancel, drop-case, drop-close, drop-default, drop-done,
// drop-error, drop-go, drop-lock, drop-receive, drop-stop, drop-unlock, drop-wait,
// lose-context, not-waited-for, one-more, send-unguarded, unlock-early. Lines are
// those of the original.
type Mutant struct {
	Name string // of the kind of mistake, as in "drop-close"
	File string
	Line int    // where the mistake is
	Was  string // the code that was changed, on one line
	// Files are all sources; those that are not mutated are shared with the
	// original.
	Files map[string][]byte
}

// ID names the mutant within its sources: file:line:name.
func (m Mutant) ID() string { return fmt.Sprintf("%s:%d:%s", m.File, m.Line, m.Name) }

// Of returns the mutants of the sources, by file and line. Two mistakes that give
// the same text count once, and some mutants may not compile: a variable that is
// no longer used is not a mistake that anybody can make. The error is a syntax
// error in the sources.
func Of(files map[string][]byte) ([]Mutant, error) {
	var all []Mutant
	for _, name := range slices.Sorted(maps.Keys(files)) {
		src := files[name]
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("reading what to mutate: %w", err)
		}
		m := &mutator{src: src, base: fset.File(file.Pos()), made: map[string]bool{string(src): true}}
		ast.PreorderStack(file, nil, m.visit)
		for i := range m.mutants {
			text := m.mutants[i].Files[""]
			m.mutants[i].File, m.mutants[i].Files = name, maps.Clone(files)
			m.mutants[i].Files[name] = text
		}
		slices.SortStableFunc(m.mutants, func(a, b Mutant) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Name, b.Name))
		})
		all = append(all, m.mutants...)
	}
	return all, nil
}

// mutator collects the mutants of one file.
type mutator struct {
	src     []byte
	base    *token.File
	made    map[string]bool // the texts that were made already
	mutants []Mutant
}

// edit replaces what stands from one offset to another.
type edit struct {
	from, to int
	text     string
}

// add makes a mutant of edits, which do not overlap, at the line of n.
func (m *mutator) add(name string, n ast.Node, edits ...edit) {
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var text strings.Builder
	end := 0
	for _, e := range edits {
		text.Write(m.src[end:e.from])
		text.WriteString(e.text)
		text.WriteString(strings.Repeat("\n", strings.Count(m.text(e.from, e.to), "\n"))) // lines stay where they are
		end = e.to
	}
	text.Write(m.src[end:])
	if m.made[text.String()] {
		return
	}
	m.made[text.String()] = true
	m.mutants = append(m.mutants, Mutant{
		Name: name, Line: m.base.Line(n.Pos()), Was: brief(m.code(n)),
		Files: map[string][]byte{"": []byte(text.String())},
	})
}

// brief is the beginning of code, on one line.
func brief(code string) string {
	const enough = 60
	text := []rune(strings.Join(strings.Fields(code), " "))
	if len(text) <= enough {
		return string(text)
	}
	return string(text[:enough-1]) + "…"
}

// instead replaces a node.
func (m *mutator) instead(n ast.Node, text string) edit {
	return edit{m.base.Offset(n.Pos()), m.base.Offset(n.End()), text}
}

// before inserts text in front of a place.
func (m *mutator) before(p token.Pos, text string) edit {
	return edit{m.base.Offset(p), m.base.Offset(p), text}
}

// code is the source of a node.
func (m *mutator) code(n ast.Node) string {
	return m.text(m.base.Offset(n.Pos()), m.base.Offset(n.End()))
}

func (m *mutator) text(from, to int) string { return string(m.src[from:to]) }

package source_test

import (
	"strings"
	"testing"

	"manche/grader/internal/seeds"
	"manche/grader/source"
)

// FuzzNew holds that any file that compiles can be read, asked about on every
// line, and answers for places that exist.
func FuzzNew(f *testing.F) {
	f.Add(operations)
	f.Add(starts)
	f.Add("package a\n\ntype t []t\n\nfunc f(x t) t { x[0] = x; return f(x[0]) }\n")
	f.Add("package a\n\nfunc f() (c chan int) { c, c = c, f(); for c = range []chan int{c} {}; return f() }\n")
	f.Add("package a\n\ntype s struct{ *s; c chan s }\n\nvar v = s{&s{nil, nil}, make(chan s)}\n\nfunc g() { v.s.c <- <-v.c }\n")
	programs := seeds.Programs(f, seeds.Corpus, seeds.Exercises)
	for _, src := range programs {
		f.Add(seeds.InPackage("a", src))
	}
	seeds.Import(programs, imports)
	f.Fuzz(func(t *testing.T, src string) {
		m := read(src, src)
		if m == nil {
			return
		}
		lines := strings.Count(src, "\n") + 1
		for line := range lines + 2 {
			ask(t, m, line, lines)
		}
	})
}

// ask asks all questions about one line.
func ask(t *testing.T, m *source.Map, line, lines int) {
	m.Column("a.go", line)
	m.Function("a.go", line)
	m.StartOf("main.f", "a.go", line)
	m.Shared(source.Place{File: "a.go", Line: line}, source.Place{File: "a_test.go", Line: lines - line})
	if loop, ok := m.Loop("a.go", line); ok && (loop.Line < 1 || loop.Line > line) {
		t.Errorf("line %d is in a loop at %d", line, loop.Line)
	}
	m.EmptyLoop("a.go", m.Function("a.go", line))
	s, _ := m.StartedAt("a.go", line)
	for _, kind := range []source.Kind{source.Send, source.Receive, source.Select, source.Close, source.Lock, source.Unlock, source.Wait, source.Add, source.Done} {
		op, ok := m.At("a.go", line, kind)
		if !ok {
			continue
		}
		m.Escapes(op)
		m.Timed(op)
		m.Counts(op, s)
		m.Inside(op, s)
		m.Together(op, "a.go", line+1)
		for _, other := range m.All(op, kind) {
			if other.Kind != kind || other.Line < 1 || other.Line > lines {
				t.Errorf("line %d meets %+v", line, other)
			}
		}
	}
}

package source_test

import (
	"testing"

	"manche/grader/source"
)

const starts = `package a

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

type shop struct{ wg sync.WaitGroup }

func (s *shop) serve() {}

func (s *shop) open(ctx context.Context, given func(), cond *sync.Cond) {
	go s.serve()         // method
	go pair[int, int](1) // generic
	s.wg.Go(s.serve)     // method value
	s.wg.Go(func() {     // wg
		fmt.Println("open")
		s.serve() // in wg
	})
	var g errgroup.Group
	g.Go(func() error { // errgroup
		given() // in errgroup
		return nil
	})
	g.TryGo(failing) // try
	time.AfterFunc(time.Second, func() { // timer
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		defer s.serve()
		cond.Wait()
		<-ctx.Done() // in timer
	})
	context.AfterFunc(ctx, given) // context
	go fmt.Println("a library's")  // library
	go func() { // outer
		go func() { // inner
			once() // in inner
		}()
		twice() // in outer
	}()
	s.serve()
	sync.OnceFunc(func() {
		once() // not started
	})()
}

func pair[K, V any](K) {}
func failing() error   { return nil }
func once()            {}
func twice()           {}
`

// Where goroutines are started, and what for.
func TestStartedAt(t *testing.T) {
	m := load(t, starts, "")
	tests := []struct {
		comment string
		column  int
		runs    string
	}{
		{"method", 2, "s.serve"}, {"generic", 2, "pair"}, {"method value", 2, "s.serve"}, {"wg", 2, "s.serve"},
		{"errgroup", 2, "given"}, {"try", 2, "failing"}, {"timer", 2, ""}, {"context", 2, "given"},
		{"library", 2, "fmt.Println"}, {"outer", 2, "twice"}, {"inner", 3, "once"},
	}
	for _, tt := range tests {
		s, ok := m.StartedAt("a.go", mark(t, starts, tt.comment))
		if !ok || s.Column != tt.column || s.Runs != tt.runs {
			t.Errorf("%s: got %+v, %v, want %q at column %d", tt.comment, s, ok, tt.runs, tt.column)
		}
	}
	if s, ok := m.StartedAt("a.go", mark(t, starts, "not started")); ok {
		t.Errorf("got %+v where nothing is started", s)
	}
}

// Which start a goroutine comes from, by what it runs.
func TestStartOf(t *testing.T) {
	m := load(t, starts, "")
	tests := []struct{ function, at, want string }{
		{"main.(*shop).open.func1", "in wg", "wg"},
		{"main.(*shop).open.func2", "in errgroup", "errgroup"},
		{"main.(*shop).open.func3", "in timer", "timer"},
		{"main.(*shop).open.func4", "in outer", "outer"},
		{"main.(*shop).open.func4.1", "in inner", "inner"},
		{"main.failing", "", "try"},
		{"main.pair[...]", "", "generic"},
		{"main.(*shop).serve", "", ""}, // three starts run it
		{"main.(*shop).open.func9", "not started", ""},
		{"main.nobody", "", ""},
	}
	for _, tt := range tests {
		line := 1
		if tt.at != "" {
			line = mark(t, starts, tt.at)
		}
		s, ok := m.StartOf(tt.function, "a.go", line)
		if ok != (tt.want != "") || ok && s.Line != mark(t, starts, tt.want) {
			t.Errorf("%s: got %+v, %v, want the start %q", tt.function, s, ok, tt.want)
		}
	}
}

// Several literals on one line: which one is it?
func TestLiteralsOnOneLine(t *testing.T) {
	src := "package a\n\nimport \"sync\"\n\nfunc f(wg *sync.WaitGroup, g, h func()) {\n\tgo func() { g(); go func() { h() }() }() // nested\n\twg.Go(func() { g() }); wg.Go(func() { h() }) // beside\n}\n"
	m := load(t, src, "")
	for _, comment := range []string{"nested", "beside"} {
		if s, ok := m.StartOf("main.f.func1", "a.go", mark(t, src, comment)); ok {
			t.Errorf("%s: got %+v, want none: it may be either", comment, s)
		}
	}
}

// A WaitGroup counts whom it has started, and nobody else.
func TestCounts(t *testing.T) {
	src := "package a\n\nimport \"sync\"\n\nfunc f(wg, other *sync.WaitGroup) {\n\twg.Go(g) // start\n\twg.Wait() // counts\n\tother.Wait() // not\n}\n\nfunc g() {}\n"
	m := load(t, src, "")
	start, _ := m.StartedAt("a.go", mark(t, src, "start"))
	for comment, want := range map[string]bool{"counts": true, "not": false} {
		op, ok := m.At("a.go", mark(t, src, comment), source.Wait)
		if got := m.Counts(op, start); !ok || got != want {
			t.Errorf("%s: got %v, %v", comment, got, ok)
		}
	}
}

// What an operation stands in.
func TestInside(t *testing.T) {
	src := "package a\n\nimport \"sync\"\n\nfunc f(wg *sync.WaitGroup) {\n\twg.Add(1) // no\n\tgo func() { // literal\n\t\twg.Add(1) // in literal\n\t}()\n\tgo g(wg) // named\n}\n\nfunc g(wg *sync.WaitGroup) {\n\twg.Add(1) // in named\n}\n"
	m := load(t, src, "")
	for _, start := range []string{"literal", "named"} {
		s, _ := m.StartedAt("a.go", mark(t, src, start))
		for _, op := range m.Kinds(source.Add) {
			if got, want := m.Inside(op, s), op.Line == mark(t, src, "in "+start); got != want {
				t.Errorf("%s: line %d inside: %v, want %v", start, op.Line, got, want)
			}
		}
	}
}

package source_test

import (
	"testing"

	"manche/grader/source"
)

// The variable that both sides of a data race use.
func TestShared(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"a variable", "func f() {\n\tn := 0\n\tn = 1 // write\n\t_ = n // use\n}", "n 8:2 9:6"},
		{"counted up", "func f() {\n\tn := 0\n\tn++ // write\n\tprintln(1, n) // use\n}", "n 8:2 9:13"},
		{"a field", "type s struct{ a, b int }\nfunc f(x, y *s) {\n\tx.a = y.b // write\n\t_ = y.a // use\n}", "x.a 8:2 9:6"},
		{"a map's element", "func f(m map[string]int) {\n\tm[\"a\"] = 1 // write\n\t_ = m[\"b\"] // use\n}", "m 7:2 8:6"},
		{"deleted from", "func f(m map[string]int, k string) {\n\tdelete(m, k) // write\n\t_ = m[k] // use\n}", "m 7:9 8:6"},
		{"through a pointer", "func f(p *int) {\n\t*p = 1 // write\n\t_ = *p // use\n}", "p 7:2 8:7"},
		{"an alias", "func f(m map[int]int) {\n\tn := m\n\tm[0] = 1 // write\n\t_ = n[0] // use\n}", "m 8:2 9:6"},
		{"an alias by a parameter", "func f(m map[int]int) {\n\tg(m)\n\tm[0] = 1 // write\n}\nfunc g(n map[int]int) {\n\t_ = n[0] // use\n}", "m 8:2 11:6"},
		{"two that are written", "func f(a, b int) {\n\ta, b = 1, 2 // write\n\t_ = a + b // use\n}", "a 7:2 8:6"},
		{"only named, by a method", "type l []int\nfunc (l) add() {}\nfunc f(x l) {\n\tx.add() // write\n\t_ = x // use\n}", "x 9:2 10:6"},
		{"none in common", "func f(a, b int) {\n\ta = 1 // write\n\t_ = b // use\n}", " 7:2 8:2"},
		{"two that are only named", "func f(a, b int) {\n\tprintln(a, b) // write\n\tprintln(b, a) // use\n}", " 7:2 8:2"},
		{"a channel is none", "func f(c chan int) {\n\tc <- 1 // write\n\t<-c // use\n}", " 7:2 8:2"},
		{"a lock is none", "func f(mu *sync.Mutex, n int) {\n\tmu.Lock(); n++ // write\n\tmu.Lock(); println(n) // use\n}", "n 7:13 8:21"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := "package a\n\nimport \"sync\"\n\nvar _ sync.Mutex\n" + tt.body + "\n"
			m := load(t, src, "")
			a, b, name := m.Shared(at(mark(t, src, "write")), at(mark(t, src, "use")))
			if got := shared(a, b, name); got != tt.want {
				t.Errorf("got %q, want %q in\n%s", got, tt.want, src)
			}
		})
	}
}

// The innermost function, and the loop that may have no end.
func TestFunctionsAndLoops(t *testing.T) {
	src := `package a

type q[T any] struct{ c chan T }

func (x *q[T]) run() {
	for i := 0; i < 3; i++ { // counted
		_ = i // in counted
	}
	for { // endless
		for len(x.c) > 0 { // inner
			<-x.c // in inner
		}
		go func() {
			<-x.c // in literal
		}()
		x.c = nil // in endless
	}
}

var f = func() {
	for { // of a variable
	}
}
`
	m := load(t, src, "")
	for comment, want := range map[string][2]string{
		"in counted": {"q.run", ""}, "in inner": {"q.run", "inner"}, "in endless": {"q.run", "endless"},
		"in literal": {"q.run", ""}, "of a variable": {"", "of a variable"},
	} {
		line := mark(t, src, comment)
		if got := m.Function("a.go", line); got != want[0] {
			t.Errorf("%s: in function %q, want %q", comment, got, want[0])
		}
		loop, ok := m.Loop("a.go", line)
		if ok != (want[1] != "") || ok && loop.Line != mark(t, src, want[1]) {
			t.Errorf("%s: in the loop %+v, %v, want %q", comment, loop, ok, want[1])
		}
	}
	op, _ := m.At("a.go", mark(t, src, "in inner"), source.Receive)
	for comment, want := range map[string]bool{"in counted": true, "in literal": false, "of a variable": false} {
		if got := m.Together(op, "a.go", mark(t, src, comment)); got != want {
			t.Errorf("%s: together %v, want %v", comment, got, want)
		}
	}
}

// The loop that does nothing, by the name that a stack has for its function.
func TestEmptyLoop(t *testing.T) {
	src := `package a

func Spin() {
	for { // not empty
		println()
	}
}

type q[T any] struct{}

func (q[T]) Spin() {
	for { // method
	}
}

func Spinning() {
	go func() {
		for { // literal
		}
	}()
	for { // second
	}
}

var spin = func() {
	for { // variable
	}
}
`
	m := load(t, src, "")
	for function, want := range map[string]string{
		"main.q.Spin": "method", "main.(*q).Spin": "method", "main.Spinning": "literal", "example.com/a.Spinning.func1": "literal",
		"main.init.func1": "variable", "main.Spin": "", "main.Spinnin": "", "main.q": "", "main": "", "": "",
	} {
		loop, ok := m.EmptyLoop("a.go", function)
		if ok != (want != "") || ok && loop.Line != mark(t, src, want) {
			t.Errorf("%s: %+v, %v, want %q", function, loop, ok, want)
		}
	}
	if loop, ok := m.EmptyLoop("b.go", "main.Spinning"); ok {
		t.Errorf("in another file: %+v", loop)
	}
}

func TestColumn(t *testing.T) {
	m := load(t, "package a\n\nfunc f() {\n\t\t\tprintln()\n  }\n", "")
	for line, want := range map[int]int{1: 1, 2: 0, 4: 4, 5: 3, 6: 0, 7: 0, 99: 0, 0: 1} {
		if got := m.Column("a.go", line); got != want {
			t.Errorf("line %d begins at column %d, want %d", line, got, want)
		}
	}
	if got := m.Column("b.go", 1); got != 0 {
		t.Errorf("a file that is not there has column %d", got)
	}
}

// The zero Map knows nothing, and says so.
func TestZeroMap(t *testing.T) {
	var m source.Map
	if _, ok := m.At("a.go", 1, source.Send); ok {
		t.Error("it has an operation")
	}
	op := source.Operation{Kind: source.Select, Place: at(1)}
	if m.All(op, source.Send) != nil || m.Kinds(source.Send) != nil || !m.Escapes(op) || m.Timed(op) {
		t.Error("it knows of a channel")
	}
	if _, ok := m.StartedAt("a.go", 1); ok {
		t.Error("it has a start")
	}
	if _, ok := m.StartOf("main.f", "a.go", 1); ok {
		t.Error("it has the start of a function")
	}
	if _, ok := m.EmptyLoop("a.go", "main.f"); ok {
		t.Error("it has an empty loop")
	}
	if _, ok := m.Loop("a.go", 1); ok || m.Function("a.go", 1) != "" || m.Together(op, "a.go", 1) || m.Column("a.go", 1) != 0 {
		t.Error("it has a function, a loop or a line")
	}
	if m.Counts(op, source.Start{}) || m.Inside(op, source.Start{}) {
		t.Error("it knows of a goroutine")
	}
	if a, b, name := m.Shared(at(1), at(2)); a != at(1) || b != at(2) || name != "" {
		t.Errorf("it shares %v, %v, %q", a, b, name)
	}
}

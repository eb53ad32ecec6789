package source_test

import (
	"slices"
	"testing"

	"manche/grader/source"
)

// Which channel is which: the operation on the line that ends with "// from" must
// meet those on lines that end with "// to", and no others.
func TestAll(t *testing.T) {
	tests := []struct {
		name     string
		from, to source.Kind
		body     string
	}{
		{"a variable", source.Send, source.Receive, "func f() {\n\tc, d := make(chan int), make(chan int)\n\tgo func() { c <- 1 }() // from\n\t<-c // to\n\t<-d\n}"},
		{"a parameter", source.Send, source.Receive, "func f() {\n\tc, d := make(chan int), make(chan int)\n\tgo g(c)\n\tgo h(d)\n\t<-c // to\n\t<-d\n}\nfunc g(out chan<- int) {\n\tout <- 1 // from\n}\nfunc h(out chan<- int) { out <- 2 }"},
		{"through two calls", source.Send, source.Receive, "func f() {\n\tc := make(chan int)\n\tgo g(c)\n\t<-c // to\n}\nfunc g(c chan int) { h(c) }\nfunc h(c chan int) {\n\tc <- 1 // from\n}"},
		{"variadic", source.Send, source.Receive, "func f() {\n\tc, d := make(chan int), make(chan int)\n\tgo g(1, c, d)\n\t<-c // to\n\t<-d // to\n}\nfunc g(n int, all ...chan int) {\n\tall[0] <- n // from\n}"},
		{"a result", source.Receive, source.Send, "func f() {\n\t<-g() // from\n}\nfunc g() <-chan int {\n\tc := make(chan int)\n\tgo func() {\n\t\tc <- 1 // to\n\t}()\n\treturn c\n}"},
		{"the second result", source.Receive, source.Send, "func f() {\n\t_, d := g()\n\t<-d // from\n}\nfunc g() (chan int, chan int) {\n\tc, d := make(chan int), make(chan int)\n\tgo func() { c <- 1 }()\n\tgo func() {\n\t\td <- 1 // to\n\t}()\n\treturn c, d\n}"},
		{"a named result", source.Receive, source.Send, "func f() {\n\t<-g() // from\n}\nfunc g() (c chan int) {\n\tc = make(chan int)\n\tgo func() {\n\t\tc <- 1 // to\n\t}()\n\treturn\n}"},
		{"a field", source.Receive, source.Send, "type s struct{ c, d chan int }\nfunc (x *s) f() {\n\t<-x.c // from\n}\nfunc (y *s) g() {\n\ty.c <- 1 // to\n\ty.d <- 1\n}"},
		{"a field that is filled by name", source.Receive, source.Send, "type s struct{ c, d chan int }\nfunc f() *s {\n\tc, d := make(chan int), make(chan int)\n\tgo func() {\n\t\tc <- 1 // to\n\t}()\n\tgo func() { d <- 1 }()\n\treturn &s{d: d, c: c}\n}\nfunc g(x *s) {\n\t<-x.c // from\n}"},
		{"a field that is filled by place", source.Receive, source.Send, "type s struct{ c, d chan int }\nfunc f() s {\n\tc, d := make(chan int), make(chan int)\n\tgo func() {\n\t\tc <- 1 // to\n\t}()\n\tgo func() { d <- 1 }()\n\treturn s{c, d}\n}\nfunc g(x s) {\n\t<-x.c // from\n}"},
		{"a slice of structs", source.Receive, source.Send, "type s struct{ c chan int }\nfunc f() []*s {\n\tc := make(chan int)\n\tgo func() {\n\t\tc <- 1 // to\n\t}()\n\treturn []*s{{c}}\n}\nfunc g(x *s) {\n\t<-x.c // from\n}"},
		{"an element", source.Receive, source.Send, "func f() {\n\tall := make([]chan int, 3)\n\tother := make([]chan int, 3)\n\tgo func() {\n\t\tall[2] <- 1 // to\n\t}()\n\tother[0] <- 1\n\t<-all[0] // from\n}"},
		{"appended", source.Receive, source.Send, "func f() {\n\tvar all []chan int\n\tc := make(chan int)\n\tall = append(all, c)\n\tgo func() {\n\t\tc <- 1 // to\n\t}()\n\tfor _, d := range all {\n\t\t<-d // from\n\t}\n}"},
		{"a map", source.Receive, source.Send, "func f() {\n\tall := map[string]chan int{}\n\tc := make(chan int)\n\tall[\"c\"] = c\n\tgo func() {\n\t\tc <- 1 // to\n\t}()\n\t<-all[\"c\"] // from\n}"},
		{"a closure's parameter", source.Receive, source.Send, "func f() {\n\tc := make(chan int)\n\tgo func(d chan int) {\n\t\td <- 1 // to\n\t}(c)\n\t<-c // from\n}"},
		{"a closure's variable", source.Send, source.Close, "func f() {\n\tc := make(chan int)\n\tdefer func() {\n\t\tclose(c) // to\n\t}()\n\tc <- 1 // from\n}"},
		{"a package variable", source.Send, source.Receive, "var c = make(chan int)\nvar d = c\nfunc f() {\n\tc <- 1 // from\n}\nfunc g() {\n\t<-d // to\n}"},
		{"shadowed", source.Send, source.Receive, "func f() {\n\tc := make(chan int)\n\t{\n\t\tc := make(chan int)\n\t\t<-c\n\t}\n\tc <- 1 // from\n}"},
		{"generic", source.Send, source.Receive, "func f() {\n\tc := make(chan int)\n\tgo put(c, 1)\n\tgo put[string](nil, \"\")\n\t<-c // to\n}\nfunc put[T any](out chan<- T, v T) {\n\tout <- v // from\n}"},
		{"generic, of two types", source.Send, source.Receive, "func f() {\n\tc := make(chan int)\n\tgo put[int, string](c, 1)\n\t<-c // to\n}\nfunc put[T, U any](out chan<- T, v T) {\n\tout <- v // from\n}"},
		{"a generic type", source.Send, source.Receive, "type q[T any] struct{ c chan T }\nfunc (x *q[T]) put(v T) {\n\tx.c <- v // from\n}\nfunc (x *q[T]) get() T {\n\treturn <-x.c // to\n}"},
		{"a pointer", source.Wait, source.Done, "func f() {\n\tvar wg, other sync.WaitGroup\n\tgo g(&wg)\n\tother.Done()\n\twg.Wait() // from\n}\nfunc g(wg *sync.WaitGroup) {\n\tdefer wg.Done() // to\n}"},
		{"an embedded lock", source.Lock, source.Unlock, "type s struct{ sync.Mutex }\nfunc (x *s) f() {\n\tx.Lock() // from\n\tdefer x.Unlock() // to\n}"},
		{"no partner", source.Send, source.Receive, "func f() {\n\tmake(chan int) <- 1 // from\n}"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := "package a\n\nimport \"sync\"\n\nvar _ sync.Mutex\n\n" + tt.body + "\n"
			m := load(t, src, "")
			op, ok := m.At("a.go", mark(t, src, "from"), tt.from)
			if !ok {
				t.Fatalf("no %s in\n%s", tt.from, src)
			}
			if got, want := linesOf(m.All(op, tt.to)), marked(src, "to"); !slices.Equal(got, want) {
				t.Errorf("got lines %v, want %v in\n%s", got, want, src)
			}
		})
	}
}

// What is known outside of the package.
func TestEscapes(t *testing.T) {
	tests := []struct {
		name, body string
		want       bool
	}{
		{"a local", "func F() {\n\tc := make(chan int)\n\tc <- 1 // op\n}", false},
		{"an exported parameter", "func F(c chan int) {\n\tc <- 1 // op\n}", true},
		{"an unexported parameter", "func f(c chan int) {\n\tc <- 1 // op\n}", false},
		{"an unexported parameter of an exported one", "func F(c chan int) { f(c) }\nfunc f(c chan int) {\n\tc <- 1 // op\n}", true},
		{"an exported result", "func F() chan int {\n\tc := make(chan int)\n\tgo func() {\n\t\tc <- 1 // op\n\t}()\n\treturn c\n}", true},
		{"an unexported result", "func f() chan int {\n\tc := make(chan int)\n\tgo func() {\n\t\tc <- 1 // op\n\t}()\n\treturn c\n}", false},
		{"an exported method", "type s struct{}\nfunc (s) F(c chan int) {\n\tc <- 1 // op\n}", true},
		{"an exported field", "type S struct{ C chan int }\nfunc (x S) f() {\n\tx.C <- 1 // op\n}", true},
		{"an unexported field", "type S struct{ c chan int }\nfunc (x S) f() {\n\tx.c <- 1 // op\n}", false},
		{"given to another package", "func f() {\n\tc := make(chan int)\n\tfmt.Println(c)\n\tc <- 1 // op\n}", true},
		{"given to a builtin", "func f() {\n\tc := make(chan int)\n\t_ = cap(c)\n\tc <- 1 // op\n}", false},
		{"converted", "func f() {\n\tc := make(chan int)\n\t_ = (<-chan int)(c)\n\tc <- 1 // op\n}", false},
		{"given to the package", "func f() {\n\tc := make(chan int)\n\tg(c)\n\tc <- 1 // op\n}\nfunc g(chan int) {}", false},
		{"given to a literal", "func f() {\n\tc := make(chan int)\n\tfunc(chan int) {}(c)\n\tc <- 1 // op\n}", false},
		{"given to a callback", "func f(g func(chan int)) {\n\tc := make(chan int)\n\tg(c)\n\tc <- 1 // op\n}", true},
		{"given to an interface", "type i interface{ m(chan int) }\nfunc f(x i) {\n\tc := make(chan int)\n\tx.m(c)\n\tc <- 1 // op\n}", true},
		{"of no name", "func f() {\n\tmake(chan int) <- 1 // op\n}", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := "package a\n\nimport \"fmt\"\n\nvar _ = fmt.Sprint\n\n" + tt.body + "\n"
			m := load(t, src, "")
			op, ok := m.At("a.go", mark(t, src, "op"), source.Send)
			if !ok {
				t.Fatalf("no send in\n%s", src)
			}
			if got := m.Escapes(op); got != tt.want {
				t.Errorf("got %v, want %v for\n%s", got, tt.want, src)
			}
		})
	}
}

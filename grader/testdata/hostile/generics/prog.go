// want: failed
// want: leak leak.send_alone prog.go:22 TestLeak
// goroutine: send prog.Leak.func1 prog.go:22
// want: race race.same_line prog.go:36 TestRace
// goroutine: write prog.(*Cell).Set prog.go:36
// goroutine: write prog.(*Cell).Set prog.go:36
// want: deadlock deadlock.receive_alone prog.go:49 TestDeadlock
// goroutine: receive prog.(*Pair).Wait prog.go:49
// want: panic panic.nil_map prog.go:54 TestPanic
// goroutine: panic prog.Keep prog.go:54
//
// Generic functions and methods of generic types: they are named as their author
// wrote them, without what the compiler puts in brackets.

package prog

import "sync"

func Leak[T any](v T) {
	c := make(chan T)
	go func() {
		c <- v
	}()
}

// Cell holds a value.
type Cell[T any] struct{ v T }

func (c *Cell[T]) Race(v T) {
	var wg sync.WaitGroup
	wg.Go(func() { c.Set(v) })
	wg.Go(func() { c.Set(v) })
	wg.Wait()
}

func (c *Cell[T]) Set(v T) { c.v = v }

// Pair is a generic type of two parameters.
type Pair[K comparable, V any] struct {
	keys   map[K]V
	values chan V
}

func NewPair[K comparable, V any]() *Pair[K, V] {
	return &Pair[K, V]{values: make(chan V)}
}

func (p *Pair[K, V]) Wait() V {
	return <-p.values
}

func Keep[K comparable, V any](k K, v V) {
	var m map[K]V
	m[k] = v
}

func await(f func()) {
	done := make(chan bool)
	go func() { defer close(done); f() }()
	<-done
}

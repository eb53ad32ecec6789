// want: failed
// want: panic panic.other prog.go:23 TestDeferred "first"
// want: panic panic.other prog.go:27 TestNil "panic called with nil argument"
// want: panic panic.other prog.go:34 TestCustom
// passed: TestGoexit
// want: panic panic.close_closed prog.go:47 TestClose
// want: panic panic.other prog.go:51 TestLines "two\nlines"
//
// Panics in a goroutine, where nobody can recover them.

package prog

import "runtime"

func await(f func()) {
	done := make(chan bool)
	go func() { defer close(done); f() }()
	<-done
}

func Deferred() {
	defer func() { panic("second") }()
	panic("first")
}

func Nil() {
	panic(nil)
}

type loud struct{ n *int }

func (l *loud) Error() string { return string(rune(*l.n)) }

func Custom() { panic(&loud{}) }

func Goexit() {
	defer func() {
		defer func() { _ = recover() }()
		runtime.Goexit()
	}()
	panic("first")
}

func Close() {
	c := make(chan int)
	close(c)
	close(c)
}

func Lines() {
	panic("two\nlines")
}

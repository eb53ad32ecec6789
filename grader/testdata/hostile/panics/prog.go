// want: failed
// want: panic panic.other prog.go:22 TestDeferred "second"
// want: panic panic.other prog.go:27 TestAgain "first"
// want: panic panic.other prog.go:31 TestNil "panic called with nil argument"
// want: panic panic.other prog.go:37 TestCustom "(*prog.loud)"
// want: panic panic.other prog.go:39 TestConverted "interface conversion: interface {} is string, not int"
// want: panic panic.other prog.go:41 TestError "no such port"
// want: panic panic.other prog.go:43 TestWrapped "opening: no such port"
// want: panic panic.other prog.go:45 TestNumber "42"
// want: panic panic.other prog.go:49 TestNamed "(prog.depth)"
//
// Panics in the check's own goroutine, of every kind of value.

package prog

import (
	"errors"
	"fmt"
)

func Deferred() {
	defer func() { panic("second") }()
	panic("first")
}

func Again() {
	defer func() { panic(recover()) }()
	panic("first")
}

func Nil() { panic(nil) }

type loud struct{ n *int }

func (l *loud) Error() string { return fmt.Sprint(*l.n) }

func Custom() { panic(&loud{}) }

func Converted(v any) int { return v.(int) }

func Error() { panic(errors.New("no such port")) }

func Wrapped() { panic(fmt.Errorf("opening: %w", errors.New("no such port"))) }

func Number() { panic(42) }

type depth int

func Named() { panic(depth(7)) }

// want: failed
// want: panic panic.other prog.go:15 TestPanics "in a subtest"
// want: leak leak.receive prog.go:17 TestParallel
// want: test test.check prog_test.go:19 TestFails "one of two"
// passed: TestSkips
//
// Subtests, in a package of one's own: a panic in one takes the process down, a
// parallel one leaks, one skips.

package prog

// Panics panics.
//
// The line matters.
func Panics() { panic("in a subtest") }

func Leaks() { go func() { <-make(chan int) }() }

package grader_test

import (
	"testing"

	"manche/grader"
)

// A busy goroutine is told at its loop, wherever in it the dump found it: the
// jump of an empty loop has no line of its own, and stands at line 1.
func TestBusyPlace(t *testing.T) {
	const src = `package prog

func Count(n int) {
	for n != 0 {
		n--
		println(n)
	}
}

func Spin() {
	for {
	}
}
`
	tests := []struct {
		name, state, stack string
		want               grader.Place
	}{
		{"in a loop", "runnable", "main.Count(0x7)\n\tprog.go:6 +0x1", grader.Place{File: "prog.go", Line: 4, Column: 2}},
		{"in a loop, helping the collector", "GC assist wait", "main.Count(0x7)\n\tprog.go:6 +0x1", grader.Place{File: "prog.go", Line: 4, Column: 2}},
		{"before it", "runnable", "main.Count(0x7)\n\tprog.go:3 +0x1", grader.Place{File: "prog.go", Line: 3, Column: 1}},
		{"in an empty loop", "runnable", "main.Spin(...)\n\tprog.go:11", grader.Place{File: "prog.go", Line: 11, Column: 2}},
		{"at its jump", "runnable", "main.Spin(...)\n\tprog.go:1\nmain.Count(0x7)\n\tprog.go:6 +0x1", grader.Place{File: "prog.go", Line: 11, Column: 2}},
		{"at nothing known", "runnable", "main.Count(0x7)\n\tprog.go:1 +0x1", grader.Place{File: "prog.go", Line: 1, Column: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dump := "goroutine 8 [" + tt.state + "]:\n" + tt.stack + "\ncreated by testing.tRunner in goroutine 1\n\ttesting/testing.go:1 +0x1\n"
			if got := theBench(t).BusyPlace(src, dump); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

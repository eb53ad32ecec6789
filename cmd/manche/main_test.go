package main_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.uber.org/goleak"

	manche "manche/cmd/manche"
)

// TestMain makes the test binary two things besides the sandbox's first stage: the
// program manche for the stories, and the tests.
func TestMain(m *testing.M) {
	testscript.Main(leakFree{m}, map[string]func(){
		"manche": func() {
			os.Exit(manche.Main(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// leakFree runs the tests in a temporary folder that goes when they end, with
// whatever one of them made for all, and fails if they leave a goroutine behind.
type leakFree struct{ *testing.M }

// Run is called by testscript.Main, which exits with the code.
func (l leakFree) Run() int {
	dir, err := os.MkdirTemp("", "manche-tests-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	os.Setenv("TMPDIR", dir)
	code := l.M.Run()
	if err := goleak.Find(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return max(code, 1)
	}
	return code
}

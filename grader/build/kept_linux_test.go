package build_test

import (
	"context"
	"os/exec"
	"sync"
	"testing"
)

// A program can be executed as soon as it is built, whatever else is being started:
// a child that is born while the file is written holds it open until it executes
// something itself, and nobody can execute what is open for writing.
func TestBuiltProgramIsNotBusy(t *testing.T) {
	a := spared(t)
	ctx, stop := context.WithCancel(t.Context())
	var births sync.WaitGroup
	births.Go(func() {
		for ctx.Err() == nil {
			if err := exec.Command("/bin/true").Run(); err != nil {
				t.Error(err)
			}
		}
	})
	defer births.Wait()
	defer stop()
	for range 10 {
		path, _, err := a.Build(ctx, t.TempDir(), program("package main\n\nfunc main() {}\n"))
		if err != nil {
			t.Fatal(err)
		}
		if err := exec.Command(path).Run(); err != nil {
			t.Fatal(err)
		}
	}
}

package sandbox_test

import (
	"context"
	"os"
	"testing"

	"manche/grader/sandbox"
)

// TestOpenAnywhere runs this test binary, with nothing to do, in whatever this
// machine has.
func TestOpenAnywhere(t *testing.T) {
	b, err := sandbox.Open(context.Background(), sandbox.Config{AllowNone: true})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	res, err := b.Run(context.Background(), sandbox.Program{Path: self, Args: []string{"-test.run=^$"}, Env: os.Environ()})
	if err != nil {
		t.Fatal(err)
	}
	if res.Stop != sandbox.Exited || res.ExitCode != 0 {
		t.Errorf("tier %s: got %s, code %d, %s; want exited, 0", b.Tier(), res.Stop, res.ExitCode, res.Output)
	}
}

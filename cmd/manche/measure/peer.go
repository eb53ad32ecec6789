package measure

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"manche/exercises"
	"manche/grader/build"
)

// peer is a folder in which an answer can be tested without us: a module with the
// exercise's checks. One thing at a time is done in it.
type peer struct{ dir string }

// newPeer makes one below dir.
func newPeer(dir string, ex *exercises.Exercise) (*peer, error) {
	dir, err := os.MkdirTemp(dir, "module-")
	if err != nil {
		return nil, err
	}
	p := &peer{dir}
	for _, files := range []map[string][]byte{ex.Checks, build.ModuleFiles()} {
		if err := p.write(files); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *peer) write(files map[string][]byte) error {
	for name, src := range files {
		if err := os.WriteFile(filepath.Join(p.dir, name), src, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// goTest is what a learner without us does.
func (p *peer) goTest(ctx context.Context, pass bool) error {
	return p.tested(p.command(ctx, "go", "test", "-race", "."), pass)
}

// tuned is the least that the go command can be brought to do for the same
// result: no vet, no symbols, and without the second that the race detector
// sleeps at the end of a program.
func (p *peer) tuned(ctx context.Context, pass bool) error {
	binary := filepath.Join(p.dir, "peer.test")
	build := p.command(ctx, "go", "test", "-c", "-race", "-vet=off", "-ldflags=-s -w", "-o", binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		return cmp.Or(ctx.Err(), fmt.Errorf("building with the go command: %w\n%s", err, out))
	}
	run := p.command(ctx, binary)
	run.Env = append(run.Env, "GORACE=atexit_sleep_ms=0")
	return p.tested(run, pass)
}

func (p *peer) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := command(ctx, name, args...)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly", "GORACE=")
	return cmd
}

// command is one that is asked to end when ctx does, so that it takes along what
// it has started.
func command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = endTime
	return cmd
}

// tested runs the tests, which must be built and run anew, and pass if they are to.
func (p *peer) tested(cmd *exec.Cmd, pass bool) error {
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		return fmt.Errorf("starting tests without us: %w", err)
	}
	for _, not := range []string{"(cached)", "[setup failed]", "[build failed]"} {
		if bytes.Contains(out, []byte(not)) {
			return fmt.Errorf("testing without us: want a fresh run, but the go command says:\n%s", out)
		}
	}
	if pass && err != nil {
		return fmt.Errorf("testing a passing answer without us: %w\n%s", err, out)
	}
	return nil
}

package measure

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"manche/grader/build"
	"manche/grader/sandbox"
)

// Walls is what the sandbox adds to a run: medians of the same race-enabled program,
// which does nothing, run plain and sandboxed in turn.
type Walls struct {
	Plain  float64 `json:"plain_ms"`
	Walled float64 `json:"sandboxed_ms"`
	Runs   int     `json:"runs"` // each way
}

// Cost is the difference.
func (w Walls) Cost() float64 { return w.Walled - w.Plain }

// Box runs programs; a sandbox.Backend is one.
type Box interface {
	Run(context.Context, sandbox.Program) (sandbox.Result, error)
}

// wallRuns is how many runs of each way a round is worth: a run takes a hundredth of
// a verdict's time, and the difference of two medians wants many.
const wallRuns = 10

// walls measures what the sandbox adds.
func (c Config) walls(ctx context.Context, dir string) (Walls, error) {
	path, err := buildNothing(ctx, c.Toolchain, filepath.Join(dir, "nothing"))
	if err != nil {
		return Walls{}, err
	}
	env := []string{"GORACE=atexit_sleep_ms=0"}
	plain := func() error {
		cmd := exec.CommandContext(ctx, path)
		cmd.Env = env
		return cmd.Run()
	}
	walled := func() error {
		res, err := c.Box.Run(ctx, sandbox.Program{Path: path, Env: env})
		if err == nil && (res.Stop != sandbox.Exited || res.ExitCode != 0) {
			err = fmt.Errorf("a program that does nothing ended by %s, code %d: %s", res.Stop, res.ExitCode, res.Output)
		}
		return err
	}
	took := make(map[bool][]float64)
	for i := range 2 * wallRuns * c.Rounds {
		first := i%4 == 0 || i%4 == 3 // neither way always comes after the other
		run := walled
		if first {
			run = plain
		}
		start := time.Now()
		if err := run(); err != nil {
			return Walls{}, cmp.Or(ctx.Err(), err)
		}
		took[first] = append(took[first], millis(start))
	}
	c.Step()
	return Walls{Plain: median(took[true]), Walled: median(took[false]), Runs: wallRuns * c.Rounds}, nil
}

// buildNothing builds a race-enabled program that does nothing, in a new folder, as
// submissions are built.
func buildNothing(ctx context.Context, t build.Toolchain, dir string) (string, error) {
	version := strings.TrimPrefix(build.MinGo, "go")
	err := errors.Join(os.Mkdir(dir, 0o755),
		os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module nothing\n\ngo "+version+"\n"), 0o644),
		os.WriteFile(filepath.Join(dir, "main.go"), []byte("package main\n\nfunc main() {}\n"), 0o644))
	if err != nil {
		return "", fmt.Errorf("writing a program that does nothing: %w", err)
	}
	path := filepath.Join(dir, "program")
	return path, t.BuildPrograms(ctx, dir, path, true, ".")
}

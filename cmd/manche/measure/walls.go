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
	Plain float64 `json:"plain_ms"`
	// Walled is where the sandbox was told that a program would come, as in a
	// verdict, which does so when it begins to compile.
	Walled float64 `json:"sandboxed_ms"`
	// Unexpected is where it was not.
	Unexpected float64 `json:"sandboxed_unexpected_ms"`
	Runs       int     `json:"runs"` // each way
}

// Cost is the difference, in a verdict.
func (w Walls) Cost() float64 { return w.Walled - w.Plain }

// Box runs programs; a sandbox.Backend is one.
type Box interface {
	Run(context.Context, sandbox.Program) (sandbox.Result, error)
	Expect(n int)
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
	var took [3][]float64
	for i := range 3 * wallRuns * c.Rounds {
		way := (i + i/3) % 3 // none always comes after the same other
		run := walled
		switch way {
		case 0:
			run = plain
		case 1:
			c.Box.Expect(1)
		}
		if err := plain(); err != nil { // not measured: what was expected gets ready meanwhile
			return Walls{}, cmp.Or(ctx.Err(), err)
		}
		start := time.Now()
		if err := run(); err != nil {
			return Walls{}, cmp.Or(ctx.Err(), err)
		}
		took[way] = append(took[way], millis(start))
	}
	c.Step()
	return Walls{Plain: median(took[0]), Walled: median(took[1]), Unexpected: median(took[2]), Runs: wallRuns * c.Rounds}, nil
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

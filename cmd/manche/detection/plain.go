// Package detection is what the verb "bench detection" needs beside the grader:
// what the same programs do under a plain go test, a load for the machine, and
// the report that goes into the README.
package detection

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"manche/grader/build"
	"manche/grader/proof"
)

const (
	// PlainWorkers is how many plain runs are made at a time: they sleep most of
	// theirs, in a deadlock, or for a second where the race detector ends.
	PlainWorkers = 6
	// plainTimeout is the -timeout of a plain run.
	plainTimeout = 10 * time.Second
	// plainKill ends a run that its own timeout did not end.
	plainKill = plainTimeout + 20*time.Second
)

// Plain are test binaries of broken programs, as go test -race builds them. It
// is safe for concurrent use, and must be closed.
type Plain struct{ dir string }

// BuildPlain builds them in a temporary module, each once. The programs may
// import the standard library only.
func BuildPlain(ctx context.Context, programs []proof.Program) (*Plain, error) {
	dir, err := os.MkdirTemp("", "manche-plain-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for plain runs: %w", err)
	}
	p := &Plain{dir}
	if err := errors.Join(p.write(programs), os.Mkdir(p.binary(""), 0o700)); err != nil {
		return nil, errors.Join(fmt.Errorf("writing programs for plain runs: %w", err), p.Close())
	}
	// The linker's flags are those of a go test that keeps no binary.
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-race", "-ldflags=-s -w", "-o", p.binary("")+string(filepath.Separator), "./...")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=", "GO111MODULE=on")
	if out, err := cmd.CombinedOutput(); err != nil {
		err = cmp.Or(ctx.Err(), fmt.Errorf("building plain tests: %w\n%s", err, out))
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// write writes the module: a package for each program.
func (p *Plain) write(programs []proof.Program) error {
	err := os.WriteFile(filepath.Join(p.dir, "go.mod"), []byte("module plain\n\ngo "+strings.TrimPrefix(build.MinGo, "go")+"\n"), 0o600)
	for _, program := range programs {
		err = errors.Join(err, os.Mkdir(p.folder(program.Name), 0o700))
		for _, files := range []map[string][]byte{program.Broken, program.Tests} {
			for name, src := range files {
				err = errors.Join(err, os.WriteFile(filepath.Join(p.folder(program.Name), name), src, 0o600))
			}
		}
	}
	return err
}

func (p *Plain) folder(program string) string { return filepath.Join(p.dir, program) }

// binary is the test binary of a program, as go names it; of "", their folder,
// which no pattern matches.
func (p *Plain) binary(program string) string {
	const binaries = "_binaries"
	if program == "" {
		return filepath.Join(p.dir, binaries)
	}
	return filepath.Join(p.dir, binaries, program+".test")
}

// Try runs the test binary of a program once, as go test -race -timeout 10s does,
// with the race detector as it is by default. The bug is caught when it fails.
func (p *Plain) Try(ctx context.Context, try proof.Try) (proof.Trial, error) {
	limited, cancel := context.WithTimeout(ctx, plainKill)
	defer cancel()
	cmd := exec.CommandContext(limited, p.binary(try.Program.Name), "-test.paniconexit0", "-test.timeout="+plainTimeout.String())
	cmd.Dir, cmd.Env = p.folder(try.Program.Name), withoutGORACE(os.Environ())
	start := time.Now()
	err := cmd.Run()
	t := proof.Trial{Program: try.Program.Name, Series: proof.Plain, Caught: err != nil, Millis: time.Since(start).Milliseconds()}
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) || ctx.Err() != nil {
		return t, cmp.Or(ctx.Err(), fmt.Errorf("running a plain test: %w", err))
	}
	return t, nil
}

func withoutGORACE(env []string) []string {
	return slices.DeleteFunc(env, func(entry string) bool { return strings.HasPrefix(entry, "GORACE=") })
}

// Close removes all that was built.
func (p *Plain) Close() error { return os.RemoveAll(p.dir) }

package build

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

// Bounds of one build.
const (
	// toolTime is a hundred times what a submission needs, for a busy machine.
	toolTime = 30 * time.Second
	// toolMemory is the address space, in bytes, of the compiler and the
	// linker: ten times what they need, far less than what a constant of a
	// few characters can ask of a compiler.
	toolMemory = 4 << 30
)

// SourceError is what the compiler or the linker has against the sources: the
// fault of whoever wrote them.
type SourceError struct {
	Output []byte // file:line:column: message, a line each
	// Limit says that the tool was stopped at a bound, and not by an error.
	Limit bool
}

func (e *SourceError) Error() string { return fmt.Sprintf("building: %s", bytes.TrimSpace(e.Output)) }

// Timing is where the time of a build went.
type Timing struct{ Compile, Link time.Duration }

// Build compiles files as package main and links them. The executable stands in
// dir, which the caller owns, under the name that is returned. It fails with a
// [SourceError] where the sources are at fault. It is safe for concurrent use
// with different folders.
func (a *Archives) Build(ctx context.Context, dir string, files map[string][]byte) (string, Timing, error) {
	var took Timing
	if err := a.write(dir, files); err != nil {
		return "", took, fmt.Errorf("writing the sources: %w", err)
	}
	start := time.Now()
	if err := a.tool(ctx, dir, "compile", append(a.compileFlags(dir), slices.Sorted(maps.Keys(files))...)); err != nil {
		return "", took, err
	}
	took.Compile = time.Since(start)
	start = time.Now()
	if err := a.link(ctx, dir); err != nil {
		return "", took, err
	}
	took.Link = time.Since(start)
	program := filepath.Join(dir, executable)
	if err := os.Chmod(program, 0o755); err != nil { // readable in the sandbox, whatever the umask
		return "", took, fmt.Errorf("making the program executable: %w", err)
	}
	return program, took, nil
}

// The files of a build.
const (
	object     = "main.a"
	executable = "program"
)

func (a *Archives) write(dir string, files map[string][]byte) error {
	for name, src := range files {
		if err := os.WriteFile(filepath.Join(dir, name), src, 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, importcfg), []byte(a.config), 0o644)
}

// compileFlags: line numbers come from the function tables, so DWARF is left
// out; paths are cut to bare file names.
func (a *Archives) compileFlags(dir string) []string {
	flags := []string{"-o", object, "-p", "main", "-trimpath", dir + "=>", "-lang", MinGo, "-complete",
		"-c", "2", "-dwarf=false", "-nolocalimports", "-importcfg", importcfg, "-pack"}
	if a.race {
		flags = append(flags, "-race", "-installsuffix", "race")
	}
	return flags
}

// link links with a linker that waits, if there is one and it succeeds, and else
// with the stock linker.
func (a *Archives) link(ctx context.Context, dir string) error {
	err := errSpare
	if spare := a.spares.take(); spare != nil {
		err = spare.link(ctx, dir)
		a.spares.give(spare, err == nil && forks)
	}
	if err == nil || a.strict || ctx.Err() != nil {
		return cmp.Or(ctx.Err(), err)
	}
	return a.tool(ctx, dir, "link", a.linkFlags(importcfg))
}

// linkFlags: internal linking needs no C compiler.
func (a *Archives) linkFlags(config string) []string {
	flags := []string{"-o", executable, "-importcfg", config, "-buildmode=exe", "-s", "-w", "-linkmode=internal"}
	if a.race {
		flags = append(flags, "-race", "-installsuffix", "race")
	}
	return append(flags, object)
}

// tool runs the compiler or the linker in dir. Neither collects garbage: they
// are gone before it pays.
func (a *Archives) tool(ctx context.Context, dir, name string, args []string) error {
	limited, cancel := context.WithTimeout(ctx, toolTime)
	defer cancel()
	cmd := exec.CommandContext(limited, a.toolchain.tool(name), args...)
	cmd.Dir = dir
	cmd.Env = a.toolEnv(dir)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("starting the %s tool: %w", name, err)
	}
	limitMemory(cmd.Process.Pid, toolMemory)
	err := cmd.Wait()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := a.whole(); err != nil {
		return err // or it would be blamed on the sources that import them
	}
	if fault := blame(cmd.ProcessState, said.Bytes(), limited.Err() != nil); fault != nil && name == "compile" {
		return fault
	}
	return fmt.Errorf("running the %s tool: %w: %s", name, err, tail(said.Bytes()))
}

// toolEnv is the environment of a tool that keeps its temporary files in dir.
func (a *Archives) toolEnv(dir string) []string {
	return []string{"GOEXPERIMENT=" + experiment, "GOGC=off", "GOMEMLIMIT=1GiB", "TMPDIR=" + dir,
		"PATH=" + os.Getenv("PATH"), "GOOS=" + runtime.GOOS, "GOARCH=" + runtime.GOARCH, "GOROOT=" + a.toolchain.Root}
}

// blame tells an error in the sources, exit code 1 or 2 with a message, from a
// tool that broke down. One that was stopped at a bound had too much to do.
func blame(state *os.ProcessState, said []byte, timedOut bool) error {
	if timedOut || bytes.Contains(said, []byte("out of memory")) || bytes.Contains(said, []byte("cannot allocate memory")) {
		return &SourceError{Output: []byte(tail(said)), Limit: true}
	}
	if code := state.ExitCode(); code == 1 || code == 2 {
		return &SourceError{Output: slices.Clone(said)}
	}
	return nil
}

// errNoArchive is returned for an archive that does not have the expected form.
var errNoArchive = errors.New("not an archive")

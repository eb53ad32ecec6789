package build

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"manche/grader/sandbox"
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
	start := time.Now()
	if err := a.compile(ctx, dir, files); err != nil {
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

// withConfig returns the files that the compiler reads, besides the archives.
func (a *Archives) withConfig(files map[string][]byte) map[string][]byte {
	all := maps.Clone(files)
	all[importcfg] = []byte(a.config)
	return all
}

// compileArgs: line numbers come from the function tables, so DWARF is left out;
// paths are cut to bare file names.
func (a *Archives) compileArgs(folder string, files map[string][]byte) []string {
	flags := []string{"-o", object, "-p", "main", "-trimpath", folder + "=>", "-lang", MinGo, "-complete",
		"-c", "2", "-dwarf=false", "-nolocalimports", "-importcfg", importcfg, "-pack"}
	if a.race {
		flags = append(flags, "-race", "-installsuffix", "race")
	}
	return append(flags, slices.Sorted(maps.Keys(files))...)
}

// link links the object file in dir, with a linker that waits, if there is one and
// it succeeds, and else with the stock linker.
func (a *Archives) link(ctx context.Context, dir string) error {
	compiled, err := os.ReadFile(filepath.Join(dir, object))
	if err != nil {
		return fmt.Errorf("reading the object file: %w", err)
	}
	err = errSpare
	if !gentle(ctx) {
		if spare := a.spares.take(); spare != nil {
			err = spare.link(ctx, dir, compiled)
			a.spares.give(spare, err == nil && forks)
		}
	}
	if err == nil || a.strict || ctx.Err() != nil {
		return cmp.Or(ctx.Err(), err)
	}
	return a.linkStock(ctx, dir, compiled)
}

func (a *Archives) linkStock(ctx context.Context, dir string, compiled []byte) error {
	cell, err := a.cells.Cell(a.tool(a.toolchain.tool("link"), gentle(ctx)))
	if err != nil {
		return a.broken(fmt.Errorf("starting the linker: %w", err))
	}
	defer cell.Close()
	return a.run(ctx, cell, "link", sandbox.Task{
		Dir: dir, Args: a.linkFlags(importcfg), Env: a.toolEnv(cell.Folder(dir)),
		Files: a.withConfig(map[string][]byte{object: compiled}),
	}, executable)
}

// linkFlags: internal linking needs no C compiler.
func (a *Archives) linkFlags(config string) []string {
	flags := []string{"-o", executable, "-importcfg", config, "-buildmode=exe", "-s", "-w", "-linkmode=internal"}
	if a.race {
		flags = append(flags, "-race", "-installsuffix", "race")
	}
	return append(flags, object)
}

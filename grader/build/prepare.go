package build

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"manche/grader/internal/leftover"
	"manche/grader/sandbox"
)

// layout is the version of the archive folder's form.
const layout = "6"

// Config says where and with what to prepare.
type Config struct {
	Toolchain Toolchain
	Race      bool   // with the race detector; needs Toolchain.Race
	Cache     string // folder for the archives; made when missing

	// Own are packages of ours that are compiled beside the submissions: their
	// sources by import path and file name.
	Own map[string]map[string][]byte

	// Cells are where the compiler and the linker run; nil means without walls, for
	// sources of one's own.
	Cells cells

	// Progress is told how many of the packages are compiled. It may be nil.
	Progress func(done, total int)
}

// workPrefix begins the names of the folders in the cache in which archives and
// linkers are made.
const workPrefix = "preparing-"

// Prepare returns the archives for this toolchain, and makes them if the cache
// does not hold them yet: some ten seconds of work, and network if the modules
// are not in Go's module cache. What was compiled when it is interrupted is not
// compiled again; several processes may prepare the same folder at once. What such
// ones have left that were killed is removed.
func Prepare(ctx context.Context, c Config) (*Archives, error) {
	_ = leftover.Clear(c.Cache, workPrefix) // a folder that is not there yet is made below
	if c.Cells == nil {
		bare, err := sandbox.Open(ctx, sandbox.Config{Choice: sandbox.None})
		if err != nil {
			return nil, err
		}
		c.Cells = bare
	}
	a := c.archives(filepath.Join(c.Cache, c.key()))
	if err := a.load(); err == nil {
		return a, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading the prepared archives: %w", err)
	}
	if err := os.MkdirAll(c.Cache, 0o755); err != nil {
		return nil, fmt.Errorf("making the cache folder: %w", err)
	}
	work, err := leftover.Make(c.Cache, workPrefix)
	if err != nil {
		return nil, fmt.Errorf("making a folder to prepare in: %w", err)
	}
	defer os.RemoveAll(work)
	if err := c.prepare(ctx, work); err != nil {
		return nil, err
	}
	// Whoever comes second finds the folder there, with the same content.
	if err := os.Rename(filepath.Join(work, "archives"), a.dir); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("putting the archives in place: %w", err)
	}
	if err := a.load(); err != nil {
		return nil, fmt.Errorf("reading the new archives: %w", err)
	}
	return a, nil
}

// key names the folder by all that the archives depend on.
func (c Config) key() string {
	h := sha256.New()
	fmt.Fprintln(h, layout, c.Toolchain.Version, c.Toolchain.Root, c.Race, experiment, importable)
	h.Write(archiveMod)
	fmt.Fprintln(h, changes, usual)
	io.WriteString(h, sample)
	for _, src := range [][]byte{ldSource, loaderSource, forkSource, noForkSource} {
		h.Write(src)
	}
	for _, pkg := range slices.Sorted(maps.Keys(c.Own)) {
		fmt.Fprintln(h, pkg)
		writeFiles(h, c.Own[pkg])
	}
	mode := "plain"
	if c.Race {
		mode = "race"
	}
	return fmt.Sprintf("%s-%s-%s", c.Toolchain.Version, mode, hex.EncodeToString(h.Sum(nil))[:12])
}

// prepare compiles everything and collects the archives in work/archives.
func (c Config) prepare(ctx context.Context, work string) error {
	src := filepath.Join(work, "src")
	if err := c.writeModule(src); err != nil {
		return fmt.Errorf("writing the module to prepare: %w", err)
	}
	if err := c.compileAll(ctx, src); err != nil {
		return fmt.Errorf("compiling the packages: %w", err)
	}
	listed, err := c.goList(ctx, src, "-export", "-f", "{{if .Export}}{{.ImportPath}}={{.Export}}{{end}}")
	if err != nil {
		return fmt.Errorf("listing the archives: %w", err)
	}
	return c.collect(ctx, listed, filepath.Join(work, "archives"))
}

// archives are those in a folder, not yet loaded.
func (c Config) archives(dir string) *Archives {
	roots := append(slices.Sorted(maps.Keys(c.Own)), usual...)
	if c.Race {
		roots = append(roots, raceRuntime...)
	}
	return &Archives{
		dir: dir, toolchain: c.Toolchain, race: c.Race, roots: roots, linker: filepath.Join(dir, spareLinker), cells: c.Cells,
		patience: patience{toolTime, toolWork},
	}
}

// writeModule lays out the module that imports what is to be prepared.
func (c Config) writeModule(dir string) error {
	for pkg, files := range c.Own {
		folder := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(pkg, moduleName+"/")))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		for name, src := range files {
			if err := os.WriteFile(filepath.Join(folder, name), src, 0o644); err != nil {
				return err
			}
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "go.sum"), archiveSum, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "go.mod"), archiveMod, 0o644)
}

// moduleName is the module of archive.mod: the project's own, so that our
// packages keep their import paths.
const moduleName = "manche"

// compileAll compiles every package and reports how far it is. The go command
// prints a line for each package that it begins to compile.
func (c Config) compileAll(ctx context.Context, src string) error {
	stale, err := c.goList(ctx, src, "-f", "{{if .Stale}}{{.ImportPath}}{{end}}")
	if err != nil {
		return err
	}
	total, done := len(stale), 0
	args := append([]string{"build", "-v"}, c.flags()...)
	runtime.LockOSThread() // see goCommand
	defer runtime.UnlockOSThread()
	cmd := c.preparing(ctx, src, append(args, c.packages()...)...)
	pipe, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	var said bytes.Buffer
	for lines := bufio.NewScanner(io.TeeReader(pipe, &said)); lines.Scan(); {
		if done++; c.Progress != nil {
			c.Progress(min(done, total), total)
		}
	}
	return failure(ctx, cmd.Wait(), said.Bytes())
}

// failure adds what a tool said to its error; when ctx has ended, that is why.
func failure(ctx context.Context, err error, said []byte) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return fmt.Errorf("%w: %s", err, tail(said))
}

// goList runs go list over everything that is to be prepared and returns its
// non-empty lines.
func (c Config) goList(ctx context.Context, src string, args ...string) ([]string, error) {
	args = append(append([]string{"list", "-deps"}, c.flags()...), args...)
	runtime.LockOSThread() // see goCommand
	defer runtime.UnlockOSThread()
	cmd := c.preparing(ctx, src, append(args, c.packages()...)...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, failure(ctx, err, said.Bytes())
	}
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == '\n' }), nil // paths may have spaces
}

func (c Config) flags() []string {
	if c.Race {
		return []string{"-race", "-trimpath"}
	}
	return []string{"-trimpath"}
}

func (c Config) packages() []string {
	all := slices.Concat(slices.Sorted(maps.Keys(c.Own)), importable)
	if c.Race {
		all = append(all, raceRuntime...)
	}
	return all
}

// tail is the end of what a tool said, where the reason stands.
func tail(said []byte) string {
	const enough = 2 << 10
	return string(bytes.TrimSpace(said[max(0, len(said)-enough):]))
}

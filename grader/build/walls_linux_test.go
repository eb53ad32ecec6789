package build_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"manche/grader/build"
	"manche/grader/sandbox"
)

// hostileTools is a folder of tools in which the compiler is testdata/hostile.
var hostileTools = sync.OnceValues(func() (string, error) {
	if dir := os.Getenv(toolsEnv); dir != "" {
		return dir, nil
	}
	t, err := found()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "manche-hostile-")
	if err != nil {
		return "", err
	}
	src := filepath.Join(dir, "src")
	if err := os.CopyFS(src, os.DirFS("testdata/hostile")); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(src, "go.mod"), []byte("module hostile\n\ngo 1.26\n"), 0o644); err != nil {
		return "", err
	}
	return dir, t.BuildPrograms(context.Background(), src, filepath.Join(dir, "compile"), false, ".")
})

// dropHostile removes that folder.
func dropHostile() {
	if dir, err := hostileTools(); err == nil && os.Getenv(toolsEnv) == "" {
		os.RemoveAll(dir)
	}
}

// celled makes cells.
type celled interface {
	Cell(sandbox.Tool) (*sandbox.Cell, error)
}

// early makes cells before any walls were tried.
type early struct{}

func (early) Cell(t sandbox.Tool) (*sandbox.Cell, error) {
	return sandbox.EarlyCell(sandbox.Config{}, t)
}

// hostile are archives with the hostile compiler in a sandbox; they have no other
// than the archives of the grader.
func hostile(tb testing.TB, box celled) *build.Archives {
	tb.Helper()
	archives(tb) // they are there
	tools, err := hostileTools()
	if err != nil {
		tb.Fatalf("building the hostile compiler: %v", err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		tb.Fatal(err)
	}
	c := config(tb, filepath.Join(cache, "manche"))
	c.Toolchain.Tools, c.Cells = tools, box
	a, err := build.Prepare(tb.Context(), c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { a.Close() })
	return a
}

// walls is a sandbox with walls.
func walls(tb testing.TB) *sandbox.Backend {
	tb.Helper()
	box := cells(tb)
	if box.Tier() == sandbox.TierNone {
		tb.Skip("no walls on this machine")
	}
	return box
}

// try has the hostile compiler do what a word names, and returns what it said.
func try(t *testing.T, a *build.Archives, what string) (string, error) {
	t.Helper()
	_, _, err := a.Build(t.Context(), t.TempDir(), map[string][]byte{what + ".go": []byte("package main\n")})
	var fault *build.SourceError
	if errors.As(err, &fault) {
		return strings.TrimSpace(string(fault.Output)), nil
	}
	return "", err
}

// A compiler that somebody's source has taken over reaches nothing, whether it
// waited or not. Without walls it does: the tries are worth something.
func TestCompilerIsHeld(t *testing.T) {
	t.Setenv("MANCHE_TEST_SECRET", "x")
	for name, box := range map[string]celled{"opened": walls(t), "early": early{}} {
		a := hostile(t, box)
		for _, way := range []string{"cold", "waiting"} {
			if got, err := try(t, a, "reach"); got != "" || err != nil {
				t.Errorf("%s, %s: it got through with %q, %v", name, way, got, err)
			}
			a.Warm(1)
			a.AwaitCompilers()
		}
	}
	bare, err := sandbox.Open(t.Context(), sandbox.Config{Choice: sandbox.None})
	if err != nil {
		t.Fatal(err)
	}
	got, err := try(t, hostile(t, bare), "reach")
	for _, want := range []string{"read-passwd", "tcp", "unix-socket", "shell", "fork", "execute"} {
		if err != nil || !strings.Contains(got, want) {
			t.Errorf("without walls it got through with %q, %v, want %s", got, err, want)
		}
	}
}

// What it leaves in the place of an object file is a file, or nothing is taken.
func TestCompilerMakesNoFile(t *testing.T) {
	a := hostile(t, walls(t))
	for _, what := range []string{"folder", "none"} {
		if said, err := try(t, a, what); said != "" || err == nil {
			t.Errorf("%s: got %q, %v, want an error", what, said, err)
		}
	}
}

// Its folder, its files and what it says are bounded.
func TestCompilerIsBounded(t *testing.T) {
	a := hostile(t, walls(t))
	for what, most := range map[string]int{"fill": 128, "many": 1024} {
		said, err := try(t, a, what)
		if n, e := strconv.Atoi(said); n < 1 || n > most || err != nil || e != nil {
			t.Errorf("%s: got %q, %v, want at most %d", what, said, err, most)
		}
	}
	if said, err := try(t, a, "flood"); len(said) < 100<<10 || len(said) > 256<<10 || err != nil {
		t.Errorf("flood: got %d bytes, %v", len(said), err)
	}
	if said, err := try(t, a, "threads"); !strings.Contains(said, "newosproc") && !strings.Contains(said, "thread") {
		t.Errorf("threads: got %.200q, %v", said, err)
	}
}

// One that never ends is ended when nobody waits any more.
func TestCompilerIsCancelled(t *testing.T) {
	a := hostile(t, walls(t))
	for _, what := range []string{"spin", "wait"} {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		_, _, err := a.Build(ctx, t.TempDir(), map[string][]byte{what + ".go": nil})
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: got %v, want %v", what, err, context.DeadlineExceeded)
		}
	}
	if left := childrenOf(t, os.Getpid()); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
}

package build_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"manche/grader/build"
	"manche/grader/harness"
	"manche/grader/sandbox"
)

func TestMain(m *testing.M) {
	if os.Getenv(serverEnv) != "" {
		serveUntilKilled()
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		dropHostile()
		os.Exit(code)
	}))
}

// walled is the strongest sandbox of this machine.
var walled = sync.OnceValues(func() (*sandbox.Backend, error) {
	return sandbox.Open(context.Background(), sandbox.Config{NoCgroup: true})
})

// cells are where tests build: behind walls, unless there are none here.
func cells(tb testing.TB) *sandbox.Backend {
	tb.Helper()
	box, err := walled()
	if err == nil {
		return box
	}
	if os.Getenv("MANCHE_CI") != "" {
		tb.Fatalf("no walls on this machine: %v", err)
	}
	if box, err = sandbox.Open(tb.Context(), sandbox.Config{Choice: sandbox.None}); err != nil {
		tb.Fatal(err)
	}
	return box
}

// found is the Go distribution of this machine.
var found = sync.OnceValues(func() (build.Toolchain, error) { return build.Find(context.Background()) })

func toolchain(tb testing.TB) build.Toolchain {
	tb.Helper()
	t, err := found()
	if err != nil {
		tb.Fatalf("finding Go: %v", err)
	}
	return t
}

// config prepares what the grader does, in a folder.
func config(tb testing.TB, cache string) build.Config {
	tb.Helper()
	own, err := harness.DriverSources()
	if err != nil {
		tb.Fatal(err)
	}
	t := toolchain(tb)
	return build.Config{Toolchain: t, Race: t.Race, Cache: cache, Own: own, Cells: cells(tb)}
}

// archives are those of the user's cache.
func archives(tb testing.TB) *build.Archives {
	tb.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		tb.Fatal(err)
	}
	a, err := build.Prepare(context.Background(), config(tb, filepath.Join(cache, "manche")))
	if err != nil {
		tb.Fatalf("preparing the archives: %v", err)
	}
	return a
}

// program is one file of package main.
func program(src string) map[string][]byte { return map[string][]byte{"main.go": []byte(src)} }

// spared are archives with spare linkers of their own.
func spared(tb testing.TB) *build.Archives {
	tb.Helper()
	a := archives(tb)
	if err := a.PrepareLinker(context.Background()); err != nil {
		tb.Fatalf("preparing the linker: %v", err)
	}
	if !a.Spared() {
		if os.Getenv("MANCHE_CI") != "" {
			tb.Fatal("no spare linker for this release of Go")
		}
		tb.Skip("no spare linker for this release of Go")
	}
	a = a.Apart(true)
	tb.Cleanup(func() { a.Close() })
	return a
}

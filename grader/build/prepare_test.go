package build_test

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"manche/grader/build"
	"manche/grader/harness"
)

// One folder: a preparation that was killed, one that is interrupted, then two at once. Both come to
// the same archives, which work, and nothing else is left in the folder.
func TestPrepare(t *testing.T) {
	cache := t.TempDir()
	c := config(t, cache)
	ended := exec.Command("go", "version")
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	killed := filepath.Join(cache, "preparing-"+strconv.Itoa(ended.Process.Pid)+"-1", "archives")
	if err := os.MkdirAll(killed, 0o755); err != nil {
		t.Fatal(err)
	}

	interrupted, stop := context.WithCancel(t.Context())
	begun, fresh := false, config(t, cache)
	fresh.Own["manche/fresh"] = map[string][]byte{"fresh.go": []byte("package fresh // " + rand.Text() + "\n")} // in no cache of Go's
	fresh.Progress = func(int, int) { begun = true; stop() }
	if _, err := build.Prepare(interrupted, fresh); !errors.Is(err, context.Canceled) || !begun {
		t.Errorf("a preparation that was interrupted, begun %v: got %v, want %v", begun, err, context.Canceled)
	}
	if left := list(t, cache); len(left) > 0 {
		t.Errorf("an interrupted preparation leaves %q", left)
	}

	var wg sync.WaitGroup
	both := make([]*build.Archives, 2)
	for i := range both {
		c := c
		last := 0
		c.Progress = func(done, total int) {
			if done < last || done > total {
				t.Errorf("progress %d of %d after %d", done, total, last)
			}
			last = done
		}
		wg.Go(func() {
			a, err := build.Prepare(t.Context(), c)
			if err != nil {
				t.Errorf("preparing: %v", err)
			}
			both[i] = a
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	if a, b := both[0].Packages(), both[1].Packages(); !slices.Equal(a, b) || !slices.Contains(a, harness.DriverPath) {
		t.Errorf("%d and %d packages", len(a), len(b))
	}
	prepareLinkers(t, both)
	if left := list(t, cache); len(left) != 1 {
		t.Errorf("the folder holds %q, want the archives alone", left)
	}
	for _, a := range both {
		if _, _, err := a.Build(t.Context(), t.TempDir(), program("package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println() }\n")); err != nil {
			t.Errorf("building with new archives: %v", err)
		}
	}

	// What is there is not made again: not even a toolchain is needed.
	c.Toolchain.Tools = ""
	c.Progress = func(int, int) { t.Error("prepared again") }
	t.Setenv("PATH", "")
	if _, err := build.Prepare(t.Context(), c); err != nil {
		t.Errorf("loading: %v", err)
	}
}

// Without the race detector no C compiler is asked for, whatever CC names: there
// is none on the machines that have no race detector.
func TestPrepareWithoutC(t *testing.T) {
	t.Setenv("CC", filepath.Join(t.TempDir(), "missing"))
	t.Setenv("CGO_ENABLED", "1")
	c := config(t, t.TempDir())
	c.Race = false
	a, err := build.Prepare(t.Context(), c)
	if err != nil {
		t.Fatalf("preparing: %v", err)
	}
	if _, _, err := a.Build(t.Context(), t.TempDir(), program("package main\n\nimport _ \"net\"\n\nfunc main() {}\n")); err != nil {
		t.Errorf("building: %v", err)
	}
}

// prepareLinkers makes the linker of the same archives twice at once.
func prepareLinkers(t *testing.T, both []*build.Archives) {
	t.Helper()
	interrupted, stop := context.WithCancel(t.Context())
	stop()
	if err := both[0].PrepareLinker(interrupted); !errors.Is(err, context.Canceled) {
		t.Errorf("an interrupted preparation: got %v, want %v", err, context.Canceled)
	}
	var wg sync.WaitGroup
	for _, a := range both {
		wg.Go(func() {
			if err := a.PrepareLinker(t.Context()); err != nil {
				t.Errorf("preparing the linker: %v", err)
			}
			if a.Toolchain().Version == knownRelease && !a.Spared() {
				t.Errorf("no spare linker with %s", knownRelease)
			}
		})
	}
	wg.Wait()
}

// list names what a folder holds.
func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestPrepareFailures(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := build.Prepare(t.Context(), config(t, filepath.Join(file, "below"))); err == nil {
		t.Error("preparing below a file: got no error")
	}
	c := config(t, t.TempDir())
	c.Own = map[string]map[string][]byte{"manche/broken": {"broken.go": []byte("package broken\n\nvar x int = \"\"\n")}}
	if _, err := build.Prepare(t.Context(), c); err == nil {
		t.Error("preparing a broken package: got no error")
	}
	if left := list(t, c.Cache); len(left) > 0 {
		t.Errorf("a failed preparation leaves %q", left)
	}
}

// Whatever the archives depend on, changes their folder.
func TestPrepareLooksWhereItShould(t *testing.T) {
	a := archives(t)
	if a.Race() != toolchain(t).Race || a.Toolchain().Version != toolchain(t).Version {
		t.Errorf("got race %v, toolchain %+v", a.Race(), a.Toolchain())
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*build.Config){
		"another version": func(c *build.Config) { c.Toolchain.Version += "x" },
		"another root":    func(c *build.Config) { c.Toolchain.Root += "x" },
		"the other mode":  func(c *build.Config) { c.Race = !c.Race },
		"another source":  func(c *build.Config) { c.Own[harness.DriverPath]["x.go"] = []byte("package driver\n") },
		"another package": func(c *build.Config) { c.Own["manche/x"] = map[string][]byte{"x.go": []byte("package x\n")} },
	} {
		c := config(t, filepath.Join(cache, "manche"))
		if _, err := build.Prepare(cancelled, c); err != nil {
			t.Fatalf("what is prepared needs no work: %v", err)
		}
		change(&c)
		if name == "the other mode" && len(list(t, c.Cache)) > 1 && modePrepared(t, c) {
			continue // it may have been prepared as well
		}
		if _, err := build.Prepare(cancelled, c); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, want new work, and so %v", name, err, context.Canceled)
		}
	}
}

// modePrepared reports whether archives without the race detector are there.
func modePrepared(t *testing.T, c build.Config) bool {
	return slices.ContainsFunc(list(t, c.Cache), func(name string) bool { return strings.Contains(name, "-plain-") })
}

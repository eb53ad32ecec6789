package build_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"manche/grader/build"
)

func TestFind(t *testing.T) {
	got := toolchain(t)
	if got.Version == "" || got.Root == "" {
		t.Errorf("got %+v", got)
	}
	for _, tool := range []string{"compile", "link"} {
		if _, err := os.Stat(filepath.Join(got.Tools, tool)); err != nil {
			t.Error(err)
		}
	}
}

// A Go of another version, played by a script.
func TestFindOthers(t *testing.T) {
	tests := []struct {
		name, script string
		check        func(error) bool
	}{
		{"old", `echo '{"GOVERSION":"go1.25.9","GOROOT":"/x","GOTOOLDIR":"/x","CC":"cc"}'`, func(err error) bool {
			var old *build.OldGoError
			return errors.As(err, &old) && old.Version == "go1.25.9"
		}},
		{"ancient", `echo '{"GOVERSION":"","GOROOT":"/x","GOTOOLDIR":"/x","CC":"cc"}'`, func(err error) bool {
			var old *build.OldGoError
			return errors.As(err, &old)
		}},
		{"broken", "exit 1", func(err error) bool { return err != nil && !errors.Is(err, build.ErrNoGo) }},
		{"talking", "echo hello", func(err error) bool { return err != nil && !errors.Is(err, build.ErrNoGo) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "go"), []byte("#!/bin/sh\n"+tt.script+"\n"), 0o755); err != nil {
				t.Fatal(err)
			}
			t.Setenv("PATH", dir)
			if got, err := build.Find(t.Context()); !tt.check(err) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// Without a C compiler there is no race detector, and all the rest.
func TestFindWithoutC(t *testing.T) {
	dir := t.TempDir()
	script := `echo '{"GOVERSION":"go1.26.0","GOROOT":"/r","GOTOOLDIR":"/t","CC":"no-such-compiler"}'`
	if err := os.WriteFile(filepath.Join(dir, "go"), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	got, err := build.Find(t.Context())
	if err != nil || got.Race || got.Version != "go1.26.0" || got.Root != "/r" || got.Tools != "/t" {
		t.Errorf("got %+v, %v, want go1.26.0 without the race detector", got, err)
	}
}

func TestFindNoGo(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := build.Find(t.Context()); !errors.Is(err, build.ErrNoGo) {
		t.Errorf("got %v, want %v", err, build.ErrNoGo)
	}
}

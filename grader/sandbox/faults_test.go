//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"syscall"
	"testing"

	"manche/grader/sandbox"
)

// cancelOn cancels when something is written to it.
type cancelOn struct{ cancel func() }

func (c cancelOn) Write(p []byte) (int, error) { c.cancel(); return len(p), nil }

func TestCancelled(t *testing.T) {
	for tier, b := range tiers(t) {
		ctx, cancel := context.WithCancel(context.Background())
		mark, before := newMark(), mounts(t)
		res, err := b.Run(ctx, sandbox.Program{Path: program(t, "behave"), Args: []string{"wait", mark}, Report: cancelOn{cancel}})
		if !errors.Is(err, context.Canceled) || res.Stop != sandbox.Cancelled {
			t.Errorf("tier %s: got %s, %v; want cancelled, %v", tier, res.Stop, err, context.Canceled)
		}
		noneLeft(t, b, mark, before)
		if _, err := b.Run(ctx, sandbox.Program{Path: program(t, "behave")}); !errors.Is(err, context.Canceled) {
			t.Errorf("tier %s, cancelled before: got %v, want %v", tier, err, context.Canceled)
		}
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestOurFaults(t *testing.T) {
	full := errors.New("disk full")
	text := t.TempDir() + "/text"
	if err := os.WriteFile(text, []byte("no program"), 0o755); err != nil {
		t.Fatal(err)
	}
	for tier, b := range tiers(t) {
		_, err := b.Run(context.Background(), sandbox.Program{Path: program(t, "behave"), Args: []string{"wait"}, Report: failingWriter{full}})
		if !errors.Is(err, full) {
			t.Errorf("tier %s, a writer that fails: got %v, want %v", tier, err, full)
		}
		_, err = b.Run(context.Background(), sandbox.Program{Path: text + "-absent"})
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("tier %s, no file: got %v, want %v", tier, err, fs.ErrNotExist)
		}
		if _, err = b.Run(context.Background(), sandbox.Program{Path: text}); err == nil {
			t.Errorf("tier %s, not a program: got no error", tier)
		}
		if groups, err := b.Groups(); len(groups) > 0 || err != nil {
			t.Errorf("tier %s, cgroups left: %v, %v", tier, groups, err)
		}
	}
}

// killOn kills the processes that have its mark when something is written to it.
type killOn struct {
	t    *testing.T
	mark string
}

func (k killOn) Write(p []byte) (int, error) {
	for _, pid := range processesMarked(k.t, k.mark) {
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			k.t.Error(err)
		}
	}
	return len(p), nil
}

// TestKilledFromOutside: nobody loses marks when the host is out of memory.
func TestKilledFromOutside(t *testing.T) {
	b, mark := open(t, sandbox.Config{}), newMark()
	res, err := b.Run(context.Background(), sandbox.Program{
		Path: program(t, "behave"), Args: []string{"wait", mark}, Report: killOn{t, mark},
	})
	if err == nil {
		t.Errorf("got %s, want an error", res.Stop)
	}
}

// TestSetupFailure asks for what the first stage cannot do.
func TestSetupFailure(t *testing.T) {
	b := open(t, sandbox.Config{})
	_, err := b.Run(context.Background(), sandbox.Program{Path: program(t, "behave"), Args: []string{"a\x00b"}})
	var setup *sandbox.SetupError
	if !errors.As(err, &setup) || setup.Step != "prepare" {
		t.Errorf("got %v, want a SetupError in prepare", err)
	}
}

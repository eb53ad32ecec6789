//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"context"
	"errors"
	"io/fs"
	"testing"

	"golang.org/x/sys/unix"

	"manche/grader/sandbox"
)

// expecting opens a sandbox with stages that wait, of each tier that can have them;
// in the others, that one expects something must do no harm.
func expecting(t *testing.T, n int) map[string]*sandbox.Backend {
	all := make(map[string]*sandbox.Backend)
	for _, c := range []sandbox.Config{{}, {NoCgroup: true}} {
		b := open(t, c)
		b.Expect(n)
		b.Await()
		if b.Expecting() {
			all[string(b.Tier())] = b
		} else {
			echoes(t, b, program(t, "behave"))
		}
	}
	return all
}

// A program behind a stage that has waited finds what it would have found behind
// another one, and takes that stage with it.
func TestExpected(t *testing.T) {
	for tier, b := range expecting(t, 2) {
		t.Run(tier, func(t *testing.T) {
			if n := len(b.Waiting()); n != 2 {
				t.Fatalf("%d stages wait, want 2", n)
			}
			echoes(t, b, program(t, "behave"))
			if n := len(b.Waiting()); n != 1 {
				t.Errorf("after a run %d stages wait, want 1", n)
			}
			echoes(t, b, program(t, "behave-race"))
			echoes(t, b, program(t, "behave")) // none waits any more
			if n := len(b.Waiting()); n != 0 {
				t.Errorf("after three runs %d stages wait, want none", n)
			}
		})
	}
}

// The limits of a program hold behind a stage that was started before they were
// known.
func TestExpectedIsLimited(t *testing.T) {
	for tier, b := range expecting(t, 1) {
		t.Run(tier, func(t *testing.T) {
			res, err := b.Run(context.Background(), sandbox.Program{
				Path: program(t, "memory"), Args: []string{"heap"}, Limits: sandbox.Limits{Memory: 128 * mb},
			})
			if err != nil || res.Stop != sandbox.MemoryLimit {
				t.Errorf("got %s, %v, want memory-limit: %.200q", res.Stop, err, res.Output)
			}
		})
	}
}

// A stage that has died while it waited is in nobody's way.
func TestExpectedDies(t *testing.T) {
	for tier, b := range expecting(t, 1) {
		t.Run(tier, func(t *testing.T) {
			pidfd, err := unix.PidfdOpen(b.Waiting()[0], 0)
			if err != nil {
				t.Fatal(err)
			}
			defer unix.Close(pidfd)
			if err := unix.PidfdSendSignal(pidfd, unix.SIGKILL, nil, 0); err != nil {
				t.Fatal(err)
			}
			if !ended(t, pidfd) {
				t.Fatal("the stage lives on")
			}
			echoes(t, b, program(t, "behave"))
		})
	}
}

// No more wait than are of use, and none outlives its server or its sandbox.
func TestExpectedEnds(t *testing.T) {
	for _, c := range []sandbox.Config{{}, {NoCgroup: true}} {
		b, err := sandbox.Open(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		for range 10 {
			b.Expect(100)
		}
		b.Await()
		pids := b.Waiting()
		if b.Expecting() && len(pids) != 4 {
			t.Errorf("%d stages wait, want 4", len(pids))
		}
		if err := b.Close(); err != nil {
			t.Error("closing:", err)
		}
		for _, pid := range pids {
			if err := unix.Kill(pid, 0); err != unix.ESRCH {
				t.Errorf("process %d after Close: %v, want none", pid, err)
			}
		}
		if left, err := b.Groups(); b.Tier() == sandbox.TierA && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("cgroups after Close: %v, %v, want not even their folder", left, err)
		}
		b.Expect(1)
		if b.Await(); len(b.Waiting()) > 0 {
			t.Error("a closed sandbox lets a stage wait")
		}
	}
}

//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"manche/grader/sandbox"
)

// cgroupMounts lists where cgroups of a version are mounted; for the first, the
// hierarchy that controls memory.
func cgroupMounts(t *testing.T, kind, controller string) []string {
	t.Helper()
	text, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(text)) {
		own, rest, _ := strings.Cut(line, " - ")
		if f := strings.Fields(own); len(f) > 4 && strings.HasPrefix(rest, kind+" ") && strings.Contains(rest, controller) {
			all = append(all, f[4])
		}
	}
	return all
}

// TestSweepInBothVersions: what a dead server has left is removed, what a living one
// has is not, whichever cgroups there are. Where a version is not mounted, or not for
// us to write to, a plain folder stands for it.
func TestSweepInBothVersions(t *testing.T) {
	for _, version := range []struct{ kind, controller string }{{"cgroup", "memory"}, {"cgroup2", ""}} {
		t.Run(version.kind, func(t *testing.T) {
			base := t.TempDir()
			for _, mount := range cgroupMounts(t, version.kind, version.controller) {
				dir := filepath.Join(mount, "manche-test-"+rand.Text()[:8])
				if err := os.Mkdir(dir, 0o755); err == nil {
					base = dir
					t.Cleanup(func() { os.Remove(dir) })
				}
			}
			t.Log("in", base)
			sweepsDead(t, base)
		})
	}
}

func sweepsDead(t *testing.T, base string) {
	dead, living := filepath.Join(base, "manche-1-dead"), filepath.Join(base, "manche-1-living")
	for _, dir := range []string{filepath.Join(dead, "1"), filepath.Join(dead, "2"), filepath.Join(living, "1")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { os.Remove(filepath.Join(living, "1")); os.Remove(living) })
	lock, err := sandbox.LockFolder(living)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	if err := sandbox.SweepAt(base); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dead); !os.IsNotExist(err) {
		t.Errorf("the dead server's folder is still there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(living, "1")); err != nil {
		t.Errorf("the living server's group is gone: %v", err)
	}
}

// TestOwnFolderOutlivesSweepers: a server that starts at the same time may sweep a
// folder that is not locked yet, or be about to.
func TestOwnFolderOutlivesSweepers(t *testing.T) {
	base, made := t.TempDir(), 0
	dir, lock, err := sandbox.OwnFolder(func() (string, error) {
		made++
		dir := filepath.Join(base, strconv.Itoa(made))
		if err := os.Mkdir(dir, 0o700); err != nil {
			return "", err
		}
		switch made {
		case 1: // swept
			return dir, os.Remove(dir)
		case 2: // being swept
			sweeper, err := sandbox.LockFolder(dir)
			t.Cleanup(func() { sweeper.Close() })
			return dir, err
		}
		return dir, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	if want := filepath.Join(base, "3"); dir != want {
		t.Errorf("got %s, want %s", dir, want)
	}
	if other, err := sandbox.LockFolder(dir); err == nil {
		other.Close()
		t.Error("the folder is not locked")
	}
}

// TestBareClears: a run without walls has a folder for temporary files, which
// outlives a server that is killed.
func TestBareClears(t *testing.T) {
	ended := exec.Command("true")
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	dead, alive := "manche-run-"+strconv.Itoa(ended.Process.Pid)+"-1", "manche-run-"+strconv.Itoa(os.Getpid())+"-1"
	for _, name := range []string{dead, alive} {
		if err := os.Mkdir(filepath.Join(os.TempDir(), name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	b := sandbox.OpenBare()
	defer b.Close()
	entries, err := os.ReadDir(os.TempDir())
	if err != nil || len(entries) != 1 || entries[0].Name() != alive {
		t.Errorf("there are %v, %v, want %s alone", entries, err, alive)
	}
}

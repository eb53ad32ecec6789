//go:build unix

package leftover_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"manche/grader/internal/leftover"
)

// endedProcess is the number of a process that has ended.
func endedProcess(t *testing.T) string {
	t.Helper()
	cmd := exec.Command("go", "version")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(cmd.Process.Pid)
}

func TestClear(t *testing.T) {
	dir, dead := t.TempDir(), endedProcess(t)
	mine, err := leftover.Make(dir, "run-")
	if err != nil {
		t.Fatal(err)
	}
	kept := []string{filepath.Base(mine), "run-" + strconv.Itoa(os.Getppid()) + "-1", "run-" + dead, "run-x-1", "other-" + dead + "-1", dead + "-1", "run--1"}
	for _, name := range append(append([]string{}, kept[1:]...), "run-"+dead+"-1", "run-"+dead+"-closed") {
		if err := os.MkdirAll(filepath.Join(dir, name, "below"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "run-"+dead+"-closed"), 0o500); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "run-"+dead+"-file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := leftover.Clear(dir, "run-"); err != nil {
		t.Fatal(err)
	}
	for _, name := range append(kept, "run-"+dead+"-file") {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Errorf("%s is gone: %v", name, err)
		}
	}
	for _, name := range []string{"run-" + dead + "-1", "run-" + dead + "-closed"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
	if err := leftover.Clear(filepath.Join(dir, "none"), "run-"); err == nil {
		t.Error("a folder that is not there is cleared")
	}
}

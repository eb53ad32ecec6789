package build_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"manche/grader/build"
)

// prepareEnv makes this test a server that prepares in the folder of its value.
const prepareEnv = "MANCHE_BUILD_TEST_PREPARE"

// TestKilledWhilePreparing: the go command ends with whoever has started it, and
// takes its own folders along.
func TestKilledWhilePreparing(t *testing.T) {
	if dir := os.Getenv(prepareEnv); dir != "" {
		_, err := build.Prepare(t.Context(), config(t, dir))
		t.Fatal("not killed: ", err)
	}
	dir, tmp := t.TempDir(), t.TempDir()
	server := exec.Command("/proc/self/exe", "-test.run=^TestKilledWhilePreparing$")
	server.Env = append(os.Environ(), prepareEnv+"="+dir, "TMPDIR="+tmp, "GOCACHE="+t.TempDir()) // nothing is compiled yet
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	await(t, "the go command compiles", func() bool { return len(processesIn(dir)) > 1 })
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	server.Wait() // killed
	await(t, "all that it has started have ended", func() bool { return len(processesIn(dir)) == 0 })
	if _, err := build.Prepare(cancelled(t), config(t, dir)); !errors.Is(err, context.Canceled) {
		t.Errorf("the next preparation, cancelled: %v", err)
	}
	for _, folder := range []string{dir, tmp} {
		if left := list(t, folder); len(left) > 0 {
			t.Errorf("the killed preparation and the next one leave %q", left)
		}
	}
}

// processesIn lists the processes that work in a folder or were told of it.
func processesIn(dir string) []string {
	all, _ := filepath.Glob("/proc/[0-9]*")
	return slices.DeleteFunc(all, func(proc string) bool {
		command, _ := os.ReadFile(filepath.Join(proc, "cmdline"))
		cwd, _ := os.Readlink(filepath.Join(proc, "cwd"))
		return !strings.HasPrefix(cwd, dir) && !strings.Contains(string(command), dir)
	})
}

// cancelled is a context that has ended.
func cancelled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// await looks for what nobody announces.
func await(t *testing.T, what string, come func() bool) {
	t.Helper()
	again, late := time.NewTicker(10*time.Millisecond), time.NewTimer(90*time.Second)
	defer again.Stop()
	defer late.Stop()
	for !come() {
		select {
		case <-again.C:
		case <-late.C:
			t.Fatal("waited too long until ", what)
		}
	}
}

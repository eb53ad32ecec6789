//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"manche/grader/attack"
	"manche/grader/build"
	"manche/grader/sandbox"
)

const (
	// helperEnv makes the test binary a server that runs one program, named by
	// the mark in its value, until it is killed.
	helperEnv = "MANCHE_SANDBOX_TEST_HELPER"
	// choiceEnv is the choice of that server's sandbox.
	choiceEnv = "MANCHE_SANDBOX_TEST_CHOICE"
	// runscEnv names gVisor's program where it is not on PATH.
	runscEnv = "MANCHE_RUNSC"
	// programsEnv is the folder of the programs, when another process has built
	// them.
	programsEnv = "MANCHE_SANDBOX_TEST_PROGRAMS"
	// insideEnv makes the test binary open a sandbox and tell how that went.
	insideEnv = "MANCHE_SANDBOX_TEST_INSIDE"
	// ciEnv says that this machine has all that the tests need.
	ciEnv = "MANCHE_CI"
)

// lacks ends a test for want of something: it fails where everything is said to be
// there, and is skipped elsewhere.
func lacks(t *testing.T, what string) {
	t.Helper()
	if os.Getenv(ciEnv) != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}

func TestMain(m *testing.M) {
	if os.Getenv(containerEnv) != "" {
		enterContainer()
	}
	if mark := os.Getenv(helperEnv); mark != "" {
		serveUntilKilled(mark)
	}
	if os.Getenv(insideEnv) != "" {
		openInside()
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		if os.Getenv(programsEnv) == "" {
			if p, err := built(); err == nil {
				os.RemoveAll(filepath.Dir(p.Path("behave")))
			}
		}
		os.Exit(code)
	}))
}

// built builds the programs, once.
var built = sync.OnceValues(func() (attack.Programs, error) {
	if dir := os.Getenv(programsEnv); dir != "" {
		return attack.Built(dir), nil
	}
	ctx := context.Background()
	toolchain, err := build.Find(ctx)
	if err != nil {
		return attack.Programs{}, err
	}
	dir, err := os.MkdirTemp("", "manche-attacks-")
	if err != nil {
		return attack.Programs{}, err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return attack.Programs{}, err
	}
	return attack.Build(ctx, toolchain, dir)
})

func programs(t testing.TB) attack.Programs {
	t.Helper()
	p, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func program(t testing.TB, name string) string {
	t.Helper()
	return programs(t).Path(name)
}

func open(t testing.TB, c sandbox.Config) *sandbox.Backend {
	t.Helper()
	b, err := sandbox.Open(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error("Close:", err)
		}
	})
	return b
}

func newMark() string { return "mark-" + rand.Text() }

// processesMarked returns the processes that have mark among their arguments.
func processesMarked(t testing.TB, mark string) []int {
	t.Helper()
	return processesWhere(t, "cmdline", func(s string) bool { return strings.Contains(s, mark) })
}

// childrenLeft returns the children of this process.
func childrenLeft(t testing.TB) []int {
	t.Helper()
	return childrenOf(t, os.Getpid())
}

func childrenOf(t testing.TB, parent int) []int {
	t.Helper()
	of := strconv.Itoa(parent)
	return processesWhere(t, "stat", func(s string) bool {
		f := strings.Fields(s[strings.LastIndex(s, ")")+1:]) // state, parent, ...
		return len(f) > 1 && f[1] == of
	})
}

func processesWhere(t testing.TB, file string, match func(string) bool) []int {
	t.Helper()
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	var pids []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		text, err := os.ReadFile(filepath.Join("/proc", e.Name(), file))
		if err == nil && len(text) > 0 && match(string(text)) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// mounts returns what is mounted in this process' sight.
func mounts(t testing.TB) []string {
	t.Helper()
	text, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	lines := slices.Collect(strings.Lines(string(text)))
	return slices.DeleteFunc(lines, func(l string) bool { return !strings.Contains(l, " - tmpfs ") })
}

// noneLeft checks that a run has left nothing behind.
func noneLeft(t testing.TB, b *sandbox.Backend, mark string, before []string) {
	t.Helper()
	if pids := processesMarked(t, mark); len(pids) > 0 {
		t.Errorf("processes left: %v", pids)
	}
	if pids := childrenLeft(t); len(pids) > 0 {
		t.Errorf("children left: %v", pids)
	}
	if groups, err := b.Groups(); len(groups) > 0 || err != nil {
		t.Errorf("cgroups left: %v, %v", groups, err)
	}
	if after := mounts(t); !slices.Equal(after, before) {
		t.Errorf("mounts: got %v, want %v", after, before)
	}
}

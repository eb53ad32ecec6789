//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"manche/grader/sandbox"
)

// lookOn looks at the process that has its mark when something is written to
// it, and ends the run.
type lookOn struct {
	t      *testing.T
	mark   string
	look   func(t *testing.T, pid int)
	cancel func()
}

func (l lookOn) Write(p []byte) (int, error) {
	defer l.cancel()
	if pids := processesMarked(l.t, l.mark); len(pids) == 1 {
		l.look(l.t, pids[0])
	} else {
		l.t.Errorf("got processes %v, want one", pids)
	}
	return len(p), nil
}

// TestWallsFromOutside looks at a running program through the host's /proc:
// several walls keep off the same attacks, so that no attack shows one missing.
func TestWallsFromOutside(t *testing.T) {
	b := open(t, sandbox.Config{})
	checkProcess := checkFiltered
	if !slices.Contains(b.Lacks(), sandbox.LackIsolation) {
		checkProcess = checkIsolated
	}
	ctx, cancel := context.WithCancel(context.Background())
	mark := newMark()
	_, err := b.Run(ctx, sandbox.Program{
		Path: program(t, "behave"), Args: []string{"wait", mark}, Report: lookOn{t, mark, checkProcess, cancel},
	})
	if ctx.Err() == nil {
		t.Fatal("the program did not report:", err)
	}
}

// checkFiltered checks what every walled program has.
func checkFiltered(t *testing.T, pid int) {
	checkStatus(t, pid, `NoNewPrivs:\s+1`, `Seccomp:\s+2`, `Uid:\s+[1-9]\d*`, `Gid:\s+[1-9]\d*`,
		`CapInh:\s+0+`, `CapPrm:\s+0+`, `CapEff:\s+0+`, `CapAmb:\s+0+`)
}

// checkStatus checks that each pattern matches a line of the process' status.
func checkStatus(t *testing.T, pid int, patterns ...string) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range patterns {
		if !regexp.MustCompile("(?m)^" + want + `\b`).Match(status) {
			name, _, _ := strings.Cut(want, ":")
			t.Errorf("got %q, want %s", regexp.MustCompile("(?m)^"+name+":.*$").Find(status), want)
		}
	}
}

// checkIsolated checks the namespaces as well.
func checkIsolated(t *testing.T, pid int) {
	checkFiltered(t, pid)
	checkStatus(t, pid, `NSpid:\s+\d+\s+1`, `CapBnd:\s+0+`)
	for _, ns := range []string{"user", "pid", "mnt", "net", "ipc", "uts", "cgroup"} {
		its, err := os.Readlink(filepath.Join("/proc", fmt.Sprint(pid), "ns", ns))
		if err != nil {
			t.Error(err)
		}
		if ours, err := os.Readlink("/proc/self/ns/" + ns); its == ours || err != nil {
			t.Errorf("namespace %s: got %s, ours, %v", ns, its, err)
		}
	}
}

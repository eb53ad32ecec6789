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
	check := checkFiltered
	if !slices.Contains(b.Lacks(), sandbox.LackIsolation) {
		check = checkIsolated
	}
	for _, name := range []string{"behave", "behave-race"} {
		ctx, cancel := context.WithCancel(context.Background())
		mark := newMark()
		_, err := b.Run(ctx, sandbox.Program{
			Path: program(t, name), Args: []string{"wait", mark}, Env: []string{"GORACE=atexit_sleep_ms=0", "A=1"},
			Report: lookOn{t, mark, check, cancel},
		})
		if ctx.Err() == nil {
			t.Fatal("the program did not report:", err)
		}
	}
}

// checkFiltered checks what every walled program has.
func checkFiltered(t *testing.T, pid int) {
	checkStatus(t, pid, `NoNewPrivs:\s+1`, `Seccomp:\s+2`, `Uid:\s+[1-9]\d*`, `Gid:\s+[1-9]\d*`,
		`CapInh:\s+0+`, `CapPrm:\s+0+`, `CapEff:\s+0+`, `CapAmb:\s+0+`)
	checkLimits(t, pid)
	checkSession(t, pid)
}

// checkMounts holds what the program has mounted against what it ought to.
func checkMounts(t *testing.T, pid int) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/mountinfo", pid))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"/":         `^ro,nosuid,nodev,noexec\b.* - tmpfs .*\bsize=1024k,nr_inodes=128,mode=755\b`,
		"/tmp":      `^rw,nosuid,nodev,noexec\b.* - tmpfs .*\bsize=16384k,nr_inodes=1024\b`,
		"/dev/null": `^ro,nosuid,noexec\b`,
		"a library": `^ro,nosuid,nodev\b`,
	}
	for line := range strings.Lines(string(text)) {
		f := strings.SplitN(line, " ", 6) // id parent device root point options...
		point, options := f[4], f[5]
		if strings.HasPrefix(point, "/lib") || strings.HasPrefix(point, "/usr/lib") {
			point = "a library"
		}
		if want[point] == "" || !regexp.MustCompile(want[point]).MatchString(options) {
			t.Errorf("mounted: %s, want %q", line, want[point])
		}
	}
}

// checkLimits holds the limits that setrlimit(2) knows against what they ought to be.
func checkLimits(t *testing.T, pid int) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", pid))
	if err != nil {
		t.Fatal(err)
	}
	l := sandbox.DefaultLimits()
	limits := map[string]int64{
		"cpu time": 22, "file size": l.Scratch, "data size": 512<<20 + 4*l.Memory, "core file size": 0, "processes": int64(l.Processes),
		"open files": int64(l.Files), "locked memory": 0, "pending signals": 1024, "msgqueue size": 0,
	}
	if os.Getenv(tierEnv) == string(sandbox.TierD) {
		delete(limits, "processes") // it is on top of whatever else our user has running
	}
	for name, want := range limits {
		if !regexp.MustCompile(fmt.Sprintf(`(?m)^Max %s +%d +%[2]d `, name, want)).Match(text) {
			t.Errorf("limit of %s: want %d in\n%s", name, want, text)
		}
	}
}

// checkTree looks at the program's files.
func checkTree(t *testing.T, pid int) {
	proc := fmt.Sprintf("/proc/%d/", pid)
	if cwd, err := os.Readlink(proc + "cwd"); cwd != "/tmp" || err != nil {
		t.Errorf("it works in %q, %v, want /tmp", cwd, err)
	}
	if exe, err := os.Readlink(proc + "root/proc/self/exe"); exe != "/program" || err != nil {
		t.Errorf("its /proc/self/exe is %q, %v", exe, err)
	}
	if env, err := os.ReadFile(proc + "root/proc/self/environ"); string(env) != "GORACE=atexit_sleep_ms=0\x00A=1\x00" || err != nil {
		t.Errorf("its environment is %q, %v", env, err)
	}
}

// checkSession looks at whose session the program is in.
func checkSession(t *testing.T, pid int) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if f := strings.Fields(string(stat[strings.LastIndex(string(stat), ")")+1:])); err != nil || f[3] != fmt.Sprint(pid) {
		t.Errorf("its session is another's: %s, %v", stat, err)
	}
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
	checkMounts(t, pid)
	checkTree(t, pid)
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

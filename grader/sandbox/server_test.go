//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"manche/grader/sandbox"
)

// ordinaryUser is a user id that owns nothing.
const ordinaryUser = 64002

// serveUntilKilled is a server with a program that never ends. What the
// program reports goes to stdout.
func serveUntilKilled(mark string) {
	b, err := sandbox.Open(context.Background(), sandbox.Config{Choice: sandbox.Choice(os.Getenv(choiceEnv)), Runsc: os.Getenv(runscEnv)})
	if err == nil {
		b.Expect(2) // one for the program, and one for nobody, which is to end as well
		b.Await()
		path := filepath.Join(os.Getenv(programsEnv), "behave")
		_, err = b.Run(context.Background(), sandbox.Program{Path: path, Args: []string{"wait", mark}, Report: os.Stdout})
	}
	panic(err)
}

func TestServerKilled(t *testing.T) {
	serverKilled(t, open(t, sandbox.Config{}), sandbox.Auto)
}

// serverKilled kills a server with a sandbox like b. Its children are the program,
// or the first process of a namespace, which all others end with, and a stage that
// waits where one can.
func serverKilled(t *testing.T, b *sandbox.Backend, choice sandbox.Choice) {
	mark := newMark()
	server := exec.Command("/proc/self/exe")
	server.Env = append(os.Environ(), helperEnv+"="+mark, choiceEnv+"="+string(choice), programsEnv+"="+filepath.Dir(program(t, "behave")))
	server.Stderr = os.Stderr
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	word := make([]byte, len("running"))
	if _, err := io.ReadFull(stdout, word); err != nil {
		t.Fatal("the server's program did not start:", err)
	}
	pids := childrenOf(t, server.Process.Pid)
	want := 1
	if b.Expecting() {
		want = 2
	}
	if len(pids) != want {
		t.Fatalf("got processes %v, want %d", pids, want)
	}
	var pidfds []int
	for _, pid := range pids {
		pidfd, err := unix.PidfdOpen(pid, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer unix.Close(pidfd)
		pidfds = append(pidfds, pidfd)
	}
	if b.Tier() == sandbox.TierA || b.Tier() == sandbox.TierGVisor && len(b.Lacks()) == 1 {
		if folders, err := b.FoldersOf(server.Process.Pid); len(folders) != 1 || err != nil {
			t.Errorf("of the living server: got folders %v, %v, want one", folders, err)
		}
	}
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	server.Wait()
	for _, pidfd := range pidfds {
		if ended(t, pidfd) {
			continue
		}
		t.Error("a process has outlived its server")
		if err := unix.PidfdSendSignal(pidfd, unix.SIGKILL, nil, 0); err != nil {
			t.Error(err)
		}
	}
	swept(t, b, server.Process.Pid)
}

// patience is more than the end of a killed process takes on a busy machine. A
// survivor is ended by the test after that, so it must be less than whoever loosens
// a wall gives a test.
const patience = 10 * time.Second

// ended waits until the process has ended, for a while.
func ended(t *testing.T, pidfd int) bool {
	fds := []unix.PollFd{{Fd: int32(pidfd), Events: unix.POLLIN}}
	for {
		n, err := unix.Poll(fds, int(patience.Milliseconds()))
		if err != unix.EINTR {
			return n == 1 && err == nil
		}
	}
}

// swept checks that what a killed server has left can be removed, and that
// what belongs to the living stays.
func swept(t *testing.T, b *sandbox.Backend, dead int) {
	t.Helper()
	if left := sandbox.StatesOf(dead); b.HasState() && len(left) != 1 {
		t.Errorf("before Sweep: got state %v, want one folder", left)
	}
	other := open(t, sandbox.Config{}) // which sweeps, too
	if err := b.Sweep(); err != nil {
		t.Error("Sweep:", err)
	}
	if left := sandbox.StatesOf(dead); b.HasState() && len(left) != 0 {
		t.Errorf("after Sweep: got state %v, want none", left)
	}
	wantNoFolders(t, b, dead)
	if res, err := other.Run(context.Background(), sandbox.Program{Path: program(t, "behave"), Args: []string{"exit"}}); err != nil || res.ExitCode != 7 {
		t.Errorf("a living server's run after Sweep: got code %d, %v, want 7", res.ExitCode, err)
	}
}

// wantNoFolders waits until a dead server has no folder of cgroups left: whoever
// opens a sandbox at the same time sweeps as well, and may be at it.
func wantNoFolders(t *testing.T, b *sandbox.Backend, dead int) {
	t.Helper()
	over := time.After(patience)
	for {
		left, err := b.FoldersOf(dead)
		if len(left) == 0 && err == nil {
			return
		}
		select {
		case <-over:
			t.Errorf("after Sweep: got folders %v, %v, want none", left, err)
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// TestAsOrdinaryUser runs all tests again without root's rights.
func TestAsOrdinaryUser(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("all tests are run so already")
	}
	again(t, "", ordinaryUser, "^Test")
}

// tierEnv is the tier that Open must find, where that is known.
const tierEnv = "MANCHE_SANDBOX_TEST_TIER"

// again runs the tests of a pattern as a user; with a tier, in a container that has
// just that.
func again(t *testing.T, tier sandbox.Tier, user uint32, run string) {
	if os.Getenv(tierEnv) != "" {
		return // this is already one of them
	}
	dir := t.TempDir()
	for d := dir; d != filepath.Clean(os.TempDir()) && d != "/"; d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	self, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "sandbox.test")
	if err := os.WriteFile(binary, self, 0o755); err != nil {
		t.Fatal(err)
	}
	skip := "^TestAsOrdinaryUser$|^TestInContainer"
	if tier != "" {
		skip += "|^TestInGVisor"
	}
	c := exec.Command(binary, "-test.run="+run, "-test.skip="+skip, "-test.v=test2json")
	if !testing.Verbose() {
		c.Args = slices.Delete(c.Args, 3, 4)
	}
	c.Dir = dir
	c.Env = append(os.Environ(), programsEnv+"="+filepath.Dir(program(t, "behave")), "HOME=/", "GOCOVERDIR=", tierEnv+"="+string(tier))
	c.Env = append(c.Env, ciEnv+"=") // what they lack, this test has not
	if tier != "" {
		c.Env = append(c.Env, containerEnv+"=1")
	}
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: user, Gid: user}, Pdeathsig: syscall.SIGKILL}
	out, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	} else if testing.Verbose() {
		t.Logf("%s", out)
	}
}

// openInside opens a sandbox where none can be had, and exits.
func openInside() {
	_, err := sandbox.Open(context.Background(), sandbox.Config{})
	var unavailable *sandbox.UnavailableError
	if errors.As(err, &unavailable) {
		for _, f := range unavailable.Failures {
			fmt.Printf("tier %s failed at %s\n", f.Tier, f.Step)
		}
	}
	b, err := sandbox.Open(context.Background(), sandbox.Config{AllowNone: true})
	if err != nil {
		panic(err)
	}
	fmt.Println("with AllowNone:", b.Tier(), b.Lacks(), len(b.Failures()))
	os.Exit(0)
}

// TestUnavailable opens a sandbox inside a sandbox, where no walls can be put up.
func TestUnavailable(t *testing.T) {
	b := open(t, sandbox.Config{})
	res, err := b.Run(context.Background(), sandbox.Program{
		Path: "/proc/self/exe", Env: []string{insideEnv + "=1", "GORACE=atexit_sleep_ms=0"},
	})
	if err != nil {
		t.Fatal(err)
	}
	// The last of them fails at its folder, which a program cannot lock, or make.
	want := "tier A failed at start\ntier B failed at start\ntier A+ failed at runsc\ntier C failed at user\ntier D failed at state\n" +
		"with AllowNone: E [namespaces seccomp memory-cgroup process-limit scratch-limit] 5\n"
	if got := string(res.Output); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestUnavailableError(t *testing.T) {
	err := &sandbox.UnavailableError{Failures: []sandbox.Failure{{Tier: sandbox.TierB, Step: "tree", Err: os.ErrPermission}}}
	if got, want := err.Error(), "no sandbox is available; tier B, tree: permission denied"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

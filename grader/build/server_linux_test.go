package build_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

const (
	// serverEnv makes the test binary a server that builds until it is killed, and
	// toolsEnv is its folder of hostile tools.
	serverEnv = "MANCHE_BUILD_TEST_SERVER"
	toolsEnv  = "MANCHE_BUILD_TEST_TOOLS"
)

// serveUntilKilled keeps tools waiting, and a hostile compiler at work for ever.
func serveUntilKilled() {
	tb := new(server)
	a := hostile(tb, cells(tb))
	a.Warm(2)
	a.AwaitSpares()
	a.AwaitCompilers()
	dir, err := os.MkdirTemp(os.Getenv(toolsEnv), "")
	if err == nil {
		fmt.Println("ready")
		_, _, err = a.Build(context.Background(), dir, map[string][]byte{"wait.go": nil})
	}
	panic(err)
}

// server stands in for a test.
type server struct{ testing.TB }

func (*server) Helper()                   {}
func (*server) Cleanup(func())            {}
func (*server) Context() context.Context  { return context.Background() }
func (*server) Fatal(args ...any)         { panic(fmt.Sprint(args...)) }
func (*server) Fatalf(f string, a ...any) { panic(fmt.Sprintf(f, a...)) }

// Nothing that builds, or waits to, outlives a server that is killed.
func TestToolsEndWithTheirServer(t *testing.T) {
	walls(t)
	tools, err := hostileTools()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), serverEnv+"=1", toolsEnv+"="+tools)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err == nil {
		_, err = io.ReadFull(out, make([]byte, len("ready\n")))
	}
	if err != nil {
		t.Fatalf("starting the server: %v", err)
	}
	var held []unix.PollFd
	for _, pid := range childrenOf(t, cmd.Process.Pid) {
		if fd, err := unix.PidfdOpen(pid, 0); err == nil {
			defer unix.Close(fd)
			held = append(held, unix.PollFd{Fd: int32(fd), Events: unix.POLLIN})
		}
	}
	if len(held) < 2 {
		t.Errorf("the server had %d processes", len(held))
	}
	cmd.Process.Kill()
	cmd.Wait()
	for i := range held {
		if n, err := unix.Poll(held[i:i+1], 90_000); n != 1 && err == nil {
			t.Errorf("the process with descriptor %d has outlived its server", held[i].Fd)
		}
	}
}

// childrenOf are the child processes of one.
func childrenOf(t testing.TB, parent int) []int {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	var list []int
	for _, path := range stats {
		raw, _ := os.ReadFile(path)
		text := string(raw)
		f := strings.Fields(text[strings.LastIndex(text, ")")+1:]) // state, parent, ...
		if len(f) > 1 && f[1] == strconv.Itoa(parent) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			list = append(list, pid)
		}
	}
	return list
}

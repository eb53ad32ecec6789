//go:build linux

// The server judges nothing without a sandbox, which is Linux's.

package main_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const (
	// patience bounds every wait of these tests: far more than anything takes
	// on a busy machine, far less than a person would wait for a hung test.
	patience = 90 * time.Second
	// lookAgain is the rhythm in which a test looks for what nobody announces.
	lookAgain = 20 * time.Millisecond
)

// program builds the program under test, once for all tests, and returns its
// path. It stands in the temporary folder that TestMain removes.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "manche-program-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "manche")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", path, "manche/cmd/manche").CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the program: %w: %s", err, out)
	}
	return path, nil
})

// launch says how to start a server.
type launch struct {
	verb []string // "serve" if there is none
	data string   // folder of the data; "": a new one
	env  []string // beyond the test's own environment
	args []string // of the verb
}

// server is a running program.
type server struct {
	url       string // "http://127.0.0.1:port"
	data      string
	cmd       *exec.Cmd
	out, log  *transcript
	transport *http.Transport
	ended     chan struct{} // closed when the process is over
}

// startServer starts a server on new data, and waits until it judges.
func startServer(t testing.TB, args ...string) *server {
	t.Helper()
	s := launch{args: args}.start(t)
	s.awaitReady(t)
	return s
}

// start starts the program and waits until it listens. It is killed when the
// test ends, if it still runs.
func (l launch) start(t testing.TB) *server {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	if l.verb == nil {
		l.verb = []string{"serve"}
		if l.data == "" {
			l.data = t.TempDir()
		}
		l.args = append([]string{"--data", l.data}, l.args...)
	}
	args := slices.Concat(l.verb, []string{"--lang", "en", "--addr", "localhost:0"}, l.args)
	s := &server{
		data: l.data, cmd: exec.Command(path, args...), out: newTranscript(), log: newTranscript(),
		transport: new(http.Transport), ended: make(chan struct{}),
	}
	// A killed server leaves what it was building.
	s.cmd.Env = slices.Concat(os.Environ(), []string{"TMPDIR=" + t.TempDir()}, l.env)
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.log
	// A group of its own, so that the test's end takes along what it started;
	// and where the tests themselves are killed, it ends as well.
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	s.cmd.WaitDelay = patience // whoever holds on to the output
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(s.ended)
		s.cmd.Wait() // its exit code tells
	}()
	t.Cleanup(func() {
		s.transport.CloseIdleConnections()
		syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL) // one that has ended is no error
		<-s.ended
		if t.Failed() {
			t.Logf("the server's log:\n%s", s.log)
		}
	})
	s.url = s.address(t)
	return s
}

// address waits for the line in which the server says where it is.
func (s *server) address(t testing.TB) string {
	t.Helper()
	select {
	case line := <-s.out.first:
		_, rest, found := strings.Cut(line, "http://")
		address, _, slash := strings.Cut(rest, "/")
		if found && slash {
			return "http://" + address
		}
		t.Fatalf("the server's first line is %q, want its address in it", line)
	case <-s.ended:
		t.Fatalf("the server ended at once; it said:\n%s", s.log)
	case <-time.After(patience):
		t.Fatalf("the server does not listen after %v; it said:\n%s", patience, s.log)
	}
	return ""
}

// transcript keeps what a program prints, and hands out its first line.
type transcript struct {
	first chan string

	mu   sync.Mutex
	text strings.Builder
	told bool
}

func newTranscript() *transcript { return &transcript{first: make(chan string, 1)} }

func (tr *transcript) Write(b []byte) (int, error) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.text.Write(b)
	if line, _, whole := strings.Cut(tr.text.String(), "\n"); whole && !tr.told {
		tr.told = true
		tr.first <- line
	}
	return len(b), nil
}

func (tr *transcript) String() string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return tr.text.String()
}

// awaitReady waits until the server judges.
func (s *server) awaitReady(t testing.TB) {
	t.Helper()
	await(t, "the server to be ready", func() bool {
		return s.anybody().get(t, "/readyz").status == http.StatusOK
	})
}

// stop asks the server to end, waits for that and returns its exit code and
// how long it took.
func (s *server) stop(t testing.TB) (code int, took time.Duration) {
	t.Helper()
	start := time.Now()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.ended:
	case <-time.After(patience):
		t.Fatalf("the server did not end within %v of SIGTERM; it said:\n%s", patience, s.log)
	}
	return s.cmd.ProcessState.ExitCode(), time.Since(start)
}

// await looks until what is asked for has come.
func await(t testing.TB, what string, come func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	again := time.NewTicker(lookAgain)
	defer again.Stop()
	for !come() {
		select {
		case <-again.C:
		case <-ctx.Done():
			t.Fatalf("waited %v for %s", patience, what)
		}
	}
}

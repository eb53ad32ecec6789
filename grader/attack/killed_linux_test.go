package attack_test

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"manche/grader/attack"
	"manche/grader/sandbox"
)

// shell is a server that is none: it starts what the script says and waits.
type shell struct{ cmd *exec.Cmd }

func (s shell) Pid() int { return s.cmd.Process.Pid }

func (s shell) End(signal os.Signal) error {
	err := s.cmd.Process.Signal(signal)
	s.cmd.Wait() // ended by the signal
	return err
}

// serveShell starts one, which says on a line that it has started all.
func serveShell(script string) func(context.Context, string) (attack.Server, error) {
	return func(context.Context, string) (attack.Server, error) {
		cmd := exec.Command("sh", "-c", script+"\necho\nwait")
		out, err := cmd.StdoutPipe()
		if err != nil {
			return nil, err
		}
		if err := cmd.Start(); err != nil {
			return nil, err
		}
		_, err = bufio.NewReader(out).ReadString('\n')
		return shell{cmd}, err
	}
}

func TestServerLeavesWhatItHasStarted(t *testing.T) {
	undo, err := attack.Adopt()
	if err != nil {
		t.Fatal(err)
	}
	defer undo()
	cache := t.TempDir()
	tests := []struct{ name, script, want string }{
		{"a process that outlives it", "sleep 1000 >&2 &", " sleep"},
		{"nothing that runs", ":", "no program was running"},
		{"a process that ends with it", `cd ` + cache + `; mkfifo f g; exec 3<>f; (exec 3>&-; exec 4<f; : >g; exec cat <&4 >&2) & : <g`, "nothing left"},
		{"a folder", "mkdir -p " + cache + "/work/$$-1; sleep 1000 >&2 & trap 'kill %1; exit' TERM", "file " + cache + "/work/"},
	}
	for _, test := range tests {
		o, err := attack.Trial{Cache: cache, Serve: serveShell(test.script)}.End(t.Context(), syscall.SIGTERM)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(o.Got, test.want) || o.Held() != (test.want == "nothing left") {
			t.Errorf("%s: got %q, held %t, want %q", test.name, o.Got, o.Held(), test.want)
		}
	}
	if left, err := filepath.Glob("/proc/[0-9]*/task/" + strconv.Itoa(os.Getpid()) + "/children"); err != nil || len(left) != 1 {
		t.Fatalf("this process is not in /proc: %v, %v", left, err)
	} else if text, err := os.ReadFile(left[0]); err == nil && strings.TrimSpace(string(text)) != "" {
		t.Errorf("children are left: %s", text)
	}
}

// A trial of one sandbox says nothing of servers in another.
func TestTheNextServerHasTheChosenSandbox(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "runsc")
	err := attack.Trial{Cache: t.TempDir(), Sandbox: sandbox.Config{Choice: sandbox.GVisor, Runsc: missing}}.Start(t.Context())
	if _, ok := errors.AsType[*sandbox.UnavailableError](err); !ok {
		t.Errorf("without the sandbox that was chosen: %v, want that it is not there", err)
	}
}

func TestDrawRepeats(t *testing.T) {
	d := attack.Draw{N: 1000, AtATime: 4, Seed: 7}
	first, again := d.Pick(50), d.Pick(50)
	seen := make(map[int]bool)
	for i := range first {
		seen[first[i]] = true
		if first[i] != again[i] {
			t.Fatalf("number %d is %d, and then %d with the same seed", i, first[i], again[i])
		}
	}
	if len(first) != d.N || len(seen) != 50 {
		t.Errorf("drew %d, %d of 50 different ones", len(first), len(seen))
	}
	d.Seed++
	if other := d.Pick(50); other[0] == first[0] && other[1] == first[1] && other[2] == first[2] && other[3] == first[3] {
		t.Error("another seed draws the same")
	}
}

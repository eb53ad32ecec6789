//go:build linux

package main_test

import (
	"errors"
	"net"
	"os/exec"
	"strings"
	"testing"

	"manche/grader"
)

// refused starts a server that must not come to be, and wants what it says of that
// and the code for wrong usage.
func refused(t *testing.T, says string, args ...string) {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), path, append([]string{"serve"}, args...)...).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 2 || !strings.Contains(string(out), says) {
		t.Errorf("serve %s: %v, want code 2 and %q; it said:\n%s", strings.Join(args, " "), err, says, out)
	}
}

// Whoever starts a server a second time harms nothing of the first, even what it
// judges at that moment.
func TestServeTwiceOnTheSameData(t *testing.T) {
	s := startServer(t, "--workers", "1")
	learner := s.learner(t)
	running := hang(t, s, learner)
	address := strings.TrimPrefix(s.url, "http://")
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 { // as many lost workers would end what runs
		refused(t, "already uses the data", "--lang", "en", "--data", s.data, "--addr", "localhost:0")
		refused(t, "déjà", "--lang", "fr", "--data", s.data, "--addr", "localhost:0")
		refused(t, "another program", "--lang", "en", "--data", s.data, "--addr", address)
		refused(t, "autre programme", "--lang", "fr", "--addr", "localhost:"+port, "--data", t.TempDir())
	}
	if got := learner.read(t, running); got.State != "running" {
		t.Errorf("what ran is %q, want running", got.State)
	}
	_, instead := learner.submit(t, bundle(t).Reference, true)
	if v := learner.verdict(t, instead.ID); v.Outcome != grader.Passed {
		t.Errorf("the first server judges the reference %s, want passed", v.Canonical())
	}
}

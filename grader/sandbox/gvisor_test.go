//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"os"
	"os/exec"
	"testing"

	"manche/grader/attack"
	"manche/grader/sandbox"
)

// runscEnv names gVisor's program where it is not on PATH.
const runscEnv = "MANCHE_RUNSC"

// guest opens gVisor. Its tests run where there is one, under CI as well: nothing
// in the course needs it.
func guest(t testing.TB, c sandbox.Config) *sandbox.Backend {
	c.Choice, c.Runsc = sandbox.GVisor, os.Getenv(runscEnv)
	if _, err := exec.LookPath("runsc"); err != nil && c.Runsc == "" {
		t.Skip("no runsc here, which nothing but this needs:", err)
	}
	return open(t, c)
}

func TestAttacksInGVisor(t *testing.T) {
	leaveOpen(t)
	b := guest(t, sandbox.Config{})
	t.Logf("tier %s, lacks %v, failures %v", b.Tier(), b.Lacks(), b.Failures())
	for _, a := range attack.Table(programs(t), host(t), b.Lacks()) {
		t.Run(a.Name, func(t *testing.T) { held(t, a, b) })
	}
}

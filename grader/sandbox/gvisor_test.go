//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"errors"
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
	if !hasRunsc() {
		t.Skip("no runsc here, which nothing but this needs")
	}
	return open(t, c)
}

// hasRunsc reports whether gVisor can be tried, which a container forbids.
func hasRunsc() bool {
	_, err := exec.LookPath("runsc")
	return (err == nil || os.Getenv(runscEnv) != "") && os.Getenv(tierEnv) == ""
}

func TestAttacksInGVisor(t *testing.T) { conform(t, guest(t, sandbox.Config{})) }

// TestGVisorWithoutCgroup has memory sampled from outside.
func TestGVisorWithoutCgroup(t *testing.T) {
	b := guest(t, sandbox.Config{NoCgroup: true})
	for _, a := range attack.Table(programs(t), host(t), b.Lacks()) {
		if a.Name == "heap" || a.Name == "mapped by five threads" || a.Name == "spin many" {
			t.Run(a.Name, func(t *testing.T) { held(t, a, b) })
		}
	}
}

// TestGVisorIsTried has another program pass for runsc.
func TestGVisorIsTried(t *testing.T) {
	_, err := sandbox.Open(t.Context(), sandbox.Config{Choice: sandbox.GVisor, Runsc: "/bin/false"})
	var unavailable *sandbox.UnavailableError
	if !errors.As(err, &unavailable) || len(unavailable.Failures) != 1 || unavailable.Failures[0].Tier != sandbox.TierGVisor {
		t.Errorf("Open = %v, want one failure of tier A+", err)
	}
}

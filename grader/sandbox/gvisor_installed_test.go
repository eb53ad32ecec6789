//go:build gvisor && linux && (amd64 || arm64)

package sandbox_test

import (
	"os"
	"testing"

	"manche/grader/attack"
	"manche/grader/sandbox"
)

// These tests want gVisor's program, on PATH or named by [runscEnv]. In the container
// that the others are run in as well, it cannot be had.

func init() {
	if os.Getenv(tierEnv) == "" {
		besides = append(besides, sandbox.Config{Choice: sandbox.GVisor})
	}
}

func guest(t *testing.T, c sandbox.Config) *sandbox.Backend {
	c.Choice, c.Runsc = sandbox.GVisor, os.Getenv(runscEnv)
	return open(t, c)
}

func TestInGVisorAttacks(t *testing.T) { conform(t, guest(t, sandbox.Config{})) }

// TestInGVisorWithoutCgroup has memory sampled from outside.
func TestInGVisorWithoutCgroup(t *testing.T) {
	b := guest(t, sandbox.Config{NoCgroup: true})
	for _, a := range attack.Table(programs(t), host(t), b.Lacks()) {
		if a.Name == "heap" || a.Name == "mapped by five threads" || a.Name == "spin many" {
			t.Run(a.Name, func(t *testing.T) { held(t, a, b) })
		}
	}
}

func TestInGVisorServerKilled(t *testing.T) {
	serverKilled(t, guest(t, sandbox.Config{}), sandbox.GVisor)
}

//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"errors"
	"testing"

	"manche/grader/sandbox"
)

// TestGVisorIsTried has another program pass for runsc.
func TestGVisorIsTried(t *testing.T) {
	_, err := sandbox.Open(t.Context(), sandbox.Config{Choice: sandbox.GVisor, Runsc: "/bin/false"})
	var unavailable *sandbox.UnavailableError
	if !errors.As(err, &unavailable) || len(unavailable.Failures) != 1 || unavailable.Failures[0].Tier != sandbox.TierGVisor {
		t.Errorf("Open = %v, want one failure of tier A+", err)
	}
}

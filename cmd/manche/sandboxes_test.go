package main_test

import (
	"testing"

	manche "manche/cmd/manche"
	"manche/grader/sandbox"
)

// Only who says that the code is their own is judged without walls, whatever sandbox
// is named.
func TestSandboxFlags(t *testing.T) {
	for name, choice := range map[string]sandbox.Choice{
		"auto": sandbox.Auto, "embedded": sandbox.Embedded, "gvisor": sandbox.GVisor, "none": sandbox.None,
	} {
		for _, unsafe := range []bool{false, true} {
			got, err := manche.SandboxOf(name, unsafe)
			if refused := name == "none" && !unsafe; (err != nil) != refused {
				t.Errorf("--sandbox %s, unsafe %v: got error %v, want one: %v", name, unsafe, err, refused)
			} else if err == nil && (got.Choice != choice || got.AllowNone != unsafe) {
				t.Errorf("--sandbox %s, unsafe %v: got %+v, want the choice %q, none allowed: %v", name, unsafe, got, choice, unsafe)
			}
		}
	}
	if _, err := manche.SandboxOf("nothing", true); err == nil {
		t.Error("--sandbox nothing: got no error")
	}
}

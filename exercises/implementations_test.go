package exercises_test

import (
	"slices"
	"testing"
)

// A bundle that asks for a test has its parts in other places.
func TestLoadsAnExerciseThatAsksForATest(t *testing.T) {
	fsys := small("x")
	askForTest(t, fsys, "x")
	ex := lookup(t, fsys, "x")
	var got []string
	for _, impl := range ex.Implementations {
		state := "broken"
		if impl.Sound {
			state = "sound"
		}
		if len(impl.Files["small.go"]) == 0 {
			t.Errorf("%s has no small.go", impl.Name)
		}
		got = append(got, impl.Name+" "+state)
	}
	if want := []string{"example sound", "slow sound", "leaky broken"}; !slices.Equal(got, want) {
		t.Errorf("implementations %q, want %q", got, want)
	}
	if want := []string{"example", "slow", "leaky"}; !slices.Equal(ex.CheckList, want) {
		t.Errorf("checks %q, want %q", ex.CheckList, want)
	}
	if want := []string{"small_test.go"}; !slices.Equal(ex.Editable, want) || len(ex.Reference) != 1 || len(ex.Checks) != 0 {
		t.Errorf("editable %q, want %q; %d reference files, want 1; %d of checks, want 0", ex.Editable, want, len(ex.Reference), len(ex.Checks))
	}
}

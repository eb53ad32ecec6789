package exercises_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"manche/exercises"
)

// An exercise with gaps is listed with them, and can be proven.
func TestGaps(t *testing.T) {
	fsys := small("x")
	edit(t, fsys, "x/fr.md", "Two.", "TODO(author) : le deuxième indice.")
	edit(t, fsys, "x/en.md", "summary: A small exercise", "summary: TODO(author): what is it?")
	fsys["x/testdata/starter/small.go"] = &fstest.MapFile{Data: []byte("// TODO(author)\r\npackage small\n")}
	c, defects := load(t, fsys)
	if _, ok := c.Lookup("x"); !ok {
		t.Error("an exercise with gaps is not in the catalogue")
	}
	want := []string{
		"exercises/x/en.md:3 gap what=what is it?",
		"exercises/x/fr.md:16 gap what=le deuxième indice.",
		"exercises/x/testdata/starter/small.go:1 gap what=",
	}
	if got := said(defects); !slices.Equal(got, want) {
		t.Errorf("defects:\ngot  %q\nwant %q", got, want)
	}
	edit(t, fsys, "x/exercise.toml", "level = 2", "level = 9")
	if c, _ := load(t, fsys); slices.ContainsFunc(c.All(), func(*exercises.Exercise) bool { return true }) {
		t.Error("an exercise with another defect is in the catalogue")
	}
}

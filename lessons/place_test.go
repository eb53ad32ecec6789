package lessons_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"manche/lessons"
)

func TestPlaces(t *testing.T) {
	fsys := fstest.MapFS{
		"lessons/10-last/fr.md": {}, "lessons/07-leaks/en.md": {}, "lessons/notes/en.md": {}, "lessons/08-file": {},
	}
	got, err := lessons.Places(fsys)
	if want := []lessons.Place{{7, "leaks"}, {10, "last"}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("Places = %v, %v, want %v", got, err, want)
	}
	if name := (lessons.Place{Number: 7, Slug: "leaks"}).Folder(); name != "07-leaks" {
		t.Errorf("Folder = %q", name)
	}
	if got, err := lessons.Places(fstest.MapFS{}); err != nil || len(got) > 0 {
		t.Errorf("Places of no course = %v, %v", got, err)
	}
}

// A gap is a defect of the page, at its line.
func TestGap(t *testing.T) {
	body := "## One\n\nTODO(author): two.\n"
	_, defects := pair(t, page("## Un\n"), page(body))
	if len(defects) != 1 || place(defects[0]) != "lessons/01-one/en.md:8 gap" || defects[0].Params["what"] != "two." {
		t.Errorf("defects = %+v", defects)
	}
}

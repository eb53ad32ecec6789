package exercises_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"testing"
	"testing/fstest"

	"manche/content"
	"manche/exercises"
)

func TestOwnExercisesHaveNoDefects(t *testing.T) {
	c, defects, err := exercises.Load(exercises.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range said(defects) {
		t.Error(line)
	}
	if len(c.All()) == 0 {
		t.Error("the course has no exercises")
	}
}

// Whoever wants one exercise need not read the others, nor be held up by them.
func TestLoadNamed(t *testing.T) {
	fsys := small("wanted")
	for name, f := range small("other") {
		fsys[name] = f
	}
	fsys["broken/exercise.toml"] = &fstest.MapFile{Data: []byte("=")}
	c, defects, err := exercises.Load(fsys, "wanted", "nowhere")
	if err != nil || len(defects) > 0 {
		t.Fatal(said(defects), err)
	}
	if got := c.All(); len(got) != 1 || got[0].Slug != "wanted" {
		t.Errorf("got %v, want the one that exists and was named", got)
	}
}

// The catalogue that the program carries must be what lies on disk: a folder
// with a go.mod is another module, and embedding leaves it out without a word.
func TestOwnBundlesAreEmbeddedWhole(t *testing.T) {
	disk := os.DirFS(".")
	specs, err := fs.Glob(disk, "*/exercise.toml")
	if err != nil || len(specs) == 0 {
		t.Fatalf("%d bundles, %v", len(specs), err)
	}
	for _, spec := range specs {
		err := fs.WalkDir(disk, path.Dir(spec), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if path.Base(name) == "go.mod" {
				t.Errorf("%s: a bundle is no module of its own", name)
			}
			if _, err := fs.Stat(exercises.FS, name); err != nil {
				t.Errorf("%s is not embedded: %v", name, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestLoad(t *testing.T) {
	fsys := small("x")
	fsys["x/testdata/starter/notes.txt"] = &fstest.MapFile{}
	fsys["x/testdata/other/file.go"] = &fstest.MapFile{}
	fsys["x/README.md"] = &fstest.MapFile{}
	fsys["notes/en.md"] = &fstest.MapFile{} // no exercise.toml: no exercise
	ex := lookup(t, fsys, "x")
	if ex.Slug != "x" || ex.Kind != exercises.Repair || ex.Level != 2 || ex.Lesson != "leaks" || ex.Package != "small" {
		t.Errorf("exercise = %+v", ex)
	}
	for name, lists := range map[string][2][]string{
		"Editable":     {ex.Editable, {"small.go"}},
		"CheckList":    {ex.CheckList, {"TestOne"}},
		"Checks":       {slices.Sorted(maps.Keys(ex.Checks)), {"small_test.go"}},
		"Reference":    {slices.Sorted(maps.Keys(ex.Reference)), {"small.go"}},
		"Starter":      {slices.Sorted(maps.Keys(ex.Starter.Files)), {"small.go"}},
		"Expect":       {ex.Starter.Expect, {"leak"}},
		"Wrong.Expect": {ex.Wrong[0].Expect, {"test"}},
	} {
		if got, want := lists[0], lists[1]; !slices.Equal(got, want) {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	p := ex.Prose[content.FR]
	if p.Title != "Small" || p.Summary != "A small exercise" || len(p.Hints) != 3 {
		t.Errorf("prose = %+v", p)
	}
	if got, want := p.Hints[1], (exercises.Section{Markdown: "\nTwo.\n\n", File: "exercises/x/fr.md", Line: 15}); got != want {
		t.Errorf("second hint = %+v, want %+v", got, want)
	}
	if got := len(p.Sections()); got != 9 {
		t.Errorf("%d sections, want 9", got)
	}
}

// unreadable is a file system with a file that cannot be read.
type unreadable struct{ fstest.MapFS }

func (u unreadable) Open(name string) (fs.File, error) {
	if name == "x/small.go" {
		return nil, fs.ErrPermission
	}
	return u.MapFS.Open(name)
}

func (u unreadable) ReadFile(name string) ([]byte, error) {
	if name == "x/small.go" {
		return nil, fs.ErrPermission
	}
	return u.MapFS.ReadFile(name)
}

func TestLoadTellsOursFromTheAuthors(t *testing.T) {
	_, defects, err := exercises.Load(unreadable{small("x")})
	if !errors.Is(err, fs.ErrPermission) || len(defects) > 0 {
		t.Errorf("Load = %v, %v, want no defects and ErrPermission", said(defects), err)
	}
}

func TestRevisionChangesWithAnyByte(t *testing.T) {
	seen := map[string]string{lookup(t, small("x"), "x").Revision: "the bundle itself"}
	check := func(what string, fsys fstest.MapFS) {
		t.Helper()
		revision := lookup(t, fsys, "x").Revision
		if same, ok := seen[revision]; ok {
			t.Errorf("%s has the revision of %s", what, same)
		}
		seen[revision] = what
	}
	for name := range small("x") {
		fsys := small("x")
		fsys[name] = &fstest.MapFile{Data: append(slices.Clone(fsys[name].Data), '\n')}
		check("a byte more in "+name, fsys)
	}
	for _, name := range []string{"x/a", "x/b", "x/testdata/a"} {
		fsys := small("x")
		fsys[name] = &fstest.MapFile{Data: []byte("1")}
		check("a file "+name, fsys)
	}
	// The same bytes in a row, cut at other places.
	for what, contents := range map[string]map[string]string{
		"two files":             {"x/a": "a", "x/b": ""},
		"one file":              {"x/a": "ab"},
		"one file and a length": {"x/a": "a1:b0:"},
		"the other way round":   {"x/a": "", "x/b": "a"},
	} {
		fsys := small("x")
		for name, text := range contents {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		check(what, fsys)
	}
	if got := lookup(t, small("x"), "x").Revision; seen[got] != "the bundle itself" {
		t.Error("the same bundle has another revision when it is loaded again")
	}
}

func TestCatalogOrder(t *testing.T) {
	fsys := make(fstest.MapFS)
	for slug, place := range map[string]string{
		"d": "level = 1\nlesson = \"b\"", "a": "level = 2\nlesson = \"b\"", "c": "level = 2\nlesson = \"b\"",
		"b": "level = 5\nlesson = \"a\"", "z": "level = 5",
	} {
		bundle := small(slug)
		edit(t, bundle, slug+"/exercise.toml", "level = 2\nlesson = \"leaks\"", place)
		maps.Copy(fsys, bundle)
	}
	c, defects := load(t, fsys)
	var got []string
	for _, ex := range c.All() {
		got = append(got, ex.Slug)
	}
	if want := []string{"z", "b", "d", "a", "c"}; !slices.Equal(got, want) || len(defects) > 0 {
		t.Errorf("order = %q, want %q; defects %v", got, want, said(defects))
	}
	if ex, ok := c.Lookup("none"); ex != nil || ok {
		t.Errorf("Lookup of an unknown slug = %v, %v", ex, ok)
	}
}

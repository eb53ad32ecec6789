package skeleton_test

import (
	"errors"
	"go/format"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"manche/cmd/manche/skeleton"
	"manche/content"
	"manche/exercises"
	"manche/lessons"
)

var titles = skeleton.Titles{"fr": "Un titre", "en": "A title"}

// first is an exercise of a kind.
func first(kind exercises.Kind) skeleton.Exercise {
	return skeleton.Exercise{Slug: "the-first", Kind: kind, Level: 2, Lesson: "idea", Package: "answers", Titles: titles}
}

// add puts files into a file system, below a folder.
func add(fsys fstest.MapFS, folder string, files map[string][]byte) {
	for name, text := range files {
		fsys[path.Join(folder, name)] = &fstest.MapFile{Data: text}
	}
}

// faults are the defects of a course, gaps apart, and how many gaps each file has.
func faults(t *testing.T, fsys fstest.MapFS) (others []exercises.Defect, gaps map[string]int) {
	t.Helper()
	bundles, err := fs.Sub(fsys, "exercises")
	if err != nil {
		t.Fatal(err)
	}
	catalog, defects, err := exercises.Load(bundles)
	if err != nil {
		t.Fatal(err)
	}
	course, found, err := lessons.Load(fsys, catalog)
	if err != nil {
		t.Fatal(err)
	}
	defects = append(defects, found...)
	for _, ex := range catalog.All() {
		for lang, prose := range ex.Prose {
			for _, s := range prose.Sections() {
				_, found := course.Render(lang, s)
				defects = append(defects, found...)
			}
		}
	}
	gaps = make(map[string]int)
	for _, d := range defects {
		if d.Key != "gap" {
			others = append(others, d)
			continue
		}
		gaps[d.File]++
		if d.Line == 0 || d.Params["what"] == "" {
			t.Errorf("a gap says neither where nor what: %+v", d)
		}
	}
	return others, gaps
}

// course is one without lessons and exercises: our sentences and glossary.
func course(t *testing.T) fstest.MapFS {
	t.Helper()
	fsys := make(fstest.MapFS)
	for _, name := range []string{"messages/callouts.toml", "glossary.toml"} {
		raw, err := fs.ReadFile(content.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: raw}
	}
	return fsys
}

func TestExerciseHasNothingWrongButGaps(t *testing.T) {
	for _, kind := range skeleton.Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			files, err := first(kind).Files()
			if err != nil {
				t.Fatal(err)
			}
			fsys := course(t)
			add(fsys, "exercises/the-first", files)
			others, gaps := faults(t, fsys)
			for _, d := range others {
				t.Errorf("%s:%d: %s %v", d.File, d.Line, d.Key, d.Params)
			}
			for name, text := range files {
				if path.Ext(name) == ".go" {
					if set, err := format.Source(text); err != nil || string(set) != string(text) {
						t.Errorf("%s is not formatted: %v", name, err)
					}
				}
				if name != "exercise.toml" && gaps["exercises/the-first/"+name] == 0 {
					t.Errorf("%s has no gap, so nobody is led to it", name)
				}
			}
			if fr, en := gaps["exercises/the-first/fr.md"], gaps["exercises/the-first/en.md"]; fr != en {
				t.Errorf("%d gaps in French, %d in English", fr, en)
			}
		})
	}
}

func TestLessonHasNothingWrongButGaps(t *testing.T) {
	for _, own := range [][]string{nil, {"the-first"}} {
		fsys := course(t)
		bundle, err := first(exercises.Build).Files()
		if err != nil {
			t.Fatal(err)
		}
		add(fsys, "exercises/the-first", bundle)
		files, err := skeleton.Lesson{Slug: "idea", Minutes: 20, Titles: titles, Exercises: own}.Files()
		if err != nil {
			t.Fatal(err)
		}
		add(fsys, "lessons/01-idea", files)
		others, gaps := faults(t, fsys)
		for _, d := range others {
			t.Errorf("%s:%d: %s %v", d.File, d.Line, d.Key, d.Params)
		}
		if fr, en := gaps["lessons/01-idea/fr.md"], gaps["lessons/01-idea/en.md"]; fr != en || fr == 0 {
			t.Errorf("%d gaps in French, %d in English", fr, en)
		}
		for _, name := range []string{"fr.md", "en.md"} {
			if got := strings.Contains(string(files[name]), "\n<!-- exercise: the-first -->\n"); got != (own != nil) {
				t.Errorf("exercises %q, and %s places it: %v", own, name, got)
			}
		}
	}
}

func TestUnknownKind(t *testing.T) {
	if files, err := first("poem").Files(); err == nil {
		t.Errorf("Files = %d files, want an error", len(files))
	}
}

func TestIsSlug(t *testing.T) {
	for name, want := range map[string]bool{
		"leaks": true, "fix-the-leak": true, "a2-b": true,
		"": false, "Leaks": false, "fix_it": false, "-a": false, "a-": false, "a--b": false, "a/b": false, "..": false, "2nd": false, "été": false,
	} {
		if got := skeleton.IsSlug(name); got != want {
			t.Errorf("IsSlug(%q) = %v, want %v", name, got, want)
		}
	}
}

func TestWriteLeavesAloneWhatIsThere(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "exercises", "one")
	written, err := skeleton.Write(folder, map[string][]byte{"b/c.txt": []byte("c"), "a.txt": []byte("a")})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{filepath.Join(folder, "a.txt"), filepath.Join(folder, "b", "c.txt")}; !slices.Equal(written, want) {
		t.Errorf("written %q, want %q", written, want)
	}
	if _, err := skeleton.Write(folder, map[string][]byte{"a.txt": []byte("new")}); !errors.Is(err, os.ErrExist) {
		t.Errorf("Write over a folder: %v, want ErrExist", err)
	}
	if raw, err := os.ReadFile(filepath.Join(folder, "a.txt")); err != nil || string(raw) != "a" {
		t.Errorf("a.txt = %q, %v: it was replaced", raw, err)
	}
}

// A folder that cannot be finished leaves nothing behind.
func TestWriteTakesBackWhatItCannotFinish(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "one")
	if _, err := skeleton.Write(folder, map[string][]byte{"a": nil, "a/b": nil}); err == nil {
		t.Fatal("a file below a file was written")
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half a folder is left: %v", err)
	}
}

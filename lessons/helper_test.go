package lessons_test

import (
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
)

// catalog is a catalogue of exercises by slug, with their packages.
type catalog map[string]string

func (c catalog) Lookup(slug string) (*exercises.Exercise, bool) {
	pkg, ok := c[slug]
	return &exercises.Exercise{Slug: slug, Package: pkg}, ok
}

var known = catalog{"fix-the-leak": "search"}

// frontLines is how many lines page puts before its body.
const frontLines = 5

// page returns a page with a valid front matter; its body begins at line 6.
func page(body string) string {
	return "---\ntitle: Title\nsummary: Summary\nminutes: 20\n---\n" + body
}

// files returns a course of the given files, with the real titles of
// call-outs.
func files(t testing.TB, texts map[string]string) fstest.MapFS {
	t.Helper()
	fsys := make(fstest.MapFS)
	const titles = "messages/callouts.toml"
	raw, err := fs.ReadFile(content.FS, titles)
	if err != nil {
		t.Fatal(err)
	}
	fsys[titles] = &fstest.MapFile{Data: raw}
	for name, text := range texts {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// load loads a course of the given files.
func load(t testing.TB, texts map[string]string) (*lessons.Course, []exercises.Defect) {
	t.Helper()
	course, defects, err := lessons.Load(files(t, texts), known)
	if err != nil {
		t.Fatal(err)
	}
	return course, defects
}

// pair loads a course of one lesson.
func pair(t testing.TB, fr, en string) (*lessons.Course, []exercises.Defect) {
	t.Helper()
	return load(t, map[string]string{"lessons/01-one/fr.md": fr, "lessons/01-one/en.md": en})
}

// place prints a defect without its parameters.
func place(d exercises.Defect) string { return fmt.Sprintf("%s:%d %s", d.File, d.Line, d.Key) }

// messages loads the real sentences.
func messages(t testing.TB) *content.Messages {
	t.Helper()
	m, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

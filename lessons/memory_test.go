package lessons_test

import (
	"maps"
	"reflect"
	"testing"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
)

// revisions is a catalogue of exercises by slug, with their revisions.
type revisions map[string]string

func (r revisions) Lookup(slug string) (*exercises.Exercise, bool) {
	revision, ok := r[slug]
	return &exercises.Exercise{Slug: slug, Package: revision, Revision: revision}, ok
}

// A course that is loaded with a memory is what it would be without one, whatever
// has changed since.
func TestMemoryChangesNothing(t *testing.T) {
	texts := map[string]string{
		"lessons/01-a/fr.md": page("Voir [b](../lessons/b).\n\n<!-- exercise: x -->\n"),
		"lessons/01-a/en.md": page("See [b](../lessons/b).\n\n<!-- exercise: x -->\n"),
		"lessons/02-b/fr.md": page("Un boulot.\n"),
		"lessons/02-b/en.md": page("Text.\n"),
	}
	catalog := revisions{"x": "1"}
	section := exercises.Section{File: "exercises/x/en.md", Line: 3, Markdown: "See [a](../lessons/a).\n"}
	changes := []struct {
		name string
		do   func()
	}{
		{"nothing", func() {}},
		{"a text", func() { texts["lessons/02-b/en.md"] = page("Another text, <b>broken</b>.\n") }},
		{"a text, back again", func() { texts["lessons/02-b/en.md"] = page("Text.\n") }},
		{"a lesson that others link to", func() { delete(texts, "lessons/02-b/en.md"); delete(texts, "lessons/02-b/fr.md") }},
		{"an exercise that is gone", func() { delete(catalog, "x") }},
		{"an exercise that is another", func() { catalog["x"] = "2" }},
		{"the glossary", func() {
			texts["glossary.toml"] = "[[term]]\nfr = \"travail\"\nen = \"work\"\navoid_fr = [\"boulot\"]\navoid_en = [\"see\"]\n"
		}},
		{"a language that is gone", func() { delete(texts, "lessons/01-a/fr.md") }},
		{"the section", func() { section.Markdown = "See [b](../lessons/b).\n" }},
		{"a lesson that others link to, gone", func() { delete(texts, "lessons/01-a/en.md") }},
	}
	memory := new(lessons.Memory)
	for _, change := range changes {
		change.do()
		got, gotDefects, err := lessons.Load(files(t, texts), catalog, lessons.WhileWritten, lessons.Recalling(memory))
		if err != nil {
			t.Fatal(err)
		}
		want, wantDefects, err := lessons.Load(files(t, texts), maps.Clone(catalog), lessons.WhileWritten)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(gotDefects, wantDefects) {
			t.Errorf("%s: defects:\ngot  %v\nwant %v", change.name, gotDefects, wantDefects)
		}
		if !reflect.DeepEqual(pagesOf(got), pagesOf(want)) {
			t.Errorf("%s: the pages differ", change.name)
		}
		gotHTML, gotDefects := got.Render(content.EN, section)
		wantHTML, wantDefects := want.Render(content.EN, section)
		if gotHTML != wantHTML || !reflect.DeepEqual(gotDefects, wantDefects) {
			t.Errorf("%s: the section:\ngot  %s %v\nwant %s %v", change.name, gotHTML, gotDefects, wantHTML, wantDefects)
		}
	}
}

// pagesOf lists the pages of a course.
func pagesOf(c *lessons.Course) (all []map[content.Lang]*lessons.Page) {
	for _, l := range c.Lessons() {
		all = append(all, l.Pages)
	}
	return all
}

package lessons_test

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
)

// TestOwnCourse holds the course that the program carries: no defect in its
// lessons, nor in the prose of its exercises.
func TestOwnCourse(t *testing.T) {
	catalog, defects, err := exercises.Load(exercises.FS)
	if err != nil {
		t.Fatal(err)
	}
	course, found, err := lessons.Load(content.FS, catalog)
	if err != nil {
		t.Fatal(err)
	}
	defects = append(defects, found...)
	for _, ex := range catalog.All() {
		for lang, prose := range ex.Prose {
			for _, s := range sections(prose) {
				_, found := course.Render(lang, s)
				defects = append(defects, found...)
			}
		}
	}
	for _, d := range defects {
		t.Errorf("%s %v", place(d), d.Params)
	}
	if len(course.Lessons()) == 0 {
		t.Error("the course has no lesson")
	}
	for _, l := range course.Lessons() {
		fixedPoint(t, l.Pages[content.FR])
		for _, lang := range content.Langs {
			for _, html := range pageHTML(l.Pages[lang]) {
				checkSafe(t, html)
			}
		}
	}
}

func sections(p exercises.Prose) []exercises.Section {
	all := append([]exercises.Section{p.Brief}, p.Hints...)
	for _, named := range []map[string]exercises.Section{p.Explain, p.Right, p.Checks} {
		for _, s := range named {
			all = append(all, s)
		}
	}
	return all
}

func TestCourseOrder(t *testing.T) {
	course, _ := load(t, map[string]string{
		"lessons/10-ten/fr.md": page("a\n"), "lessons/10-ten/en.md": page("a\n"),
		"lessons/02-two/fr.md": page("a\n"), "lessons/02-two/en.md": page("a\n"),
		"lessons/03-three/en.md": page("a\n"),
	})
	list := course.Lessons()
	if len(list) != 3 || list[0].Slug != "two" || list[1].Slug != "three" || list[2].Slug != "ten" {
		t.Fatalf("got lessons %v, want two, three, ten", list)
	}
	if list[0].Previous != nil || list[0].Next != list[1] || list[2].Previous != list[1] || list[2].Next != nil {
		t.Error("the lessons are not linked in their order")
	}
	if list[1].Pages[content.FR] != nil || list[1].Pages[content.EN] == nil {
		t.Error("a lesson in one language should have just this page")
	}
	if _, ok := course.Lesson("four"); ok {
		t.Error("found a lesson that there is not")
	}
}

func TestPageActivity(t *testing.T) {
	course, _ := pair(t, page(recall("<!-- recall: a -->")), page(recall("<!-- recall: a -->")))
	lesson, _ := course.Lesson("one")
	p := lesson.Pages[content.EN]
	if a, ok := p.Activity("a"); !ok || a.Kind != lessons.Recall {
		t.Errorf("got %v, %t, want the activity", a, ok)
	}
	if _, ok := p.Activity("b"); ok {
		t.Error("found an activity that there is not")
	}
}

func TestHeadingIDs(t *testing.T) {
	fr := "## A\n\n## B\n\n## C\n\n## D\n\n" + recall("<!-- recall: taken -->") + "\n## Élève œuvre n'est\n"
	en := "## Taken\n\n## 1. Step: one\n\n## Step one\n\n## 42\n\n" + recall("<!-- recall: taken -->")
	course, _ := pair(t, page(fr), page(en))
	lesson, _ := course.Lesson("one")
	want := []string{"taken-2", "step-one", "step-one-2", "section", "eleve-oeuvre-nest"}
	for _, lang := range content.Langs {
		for i, h := range lesson.Pages[lang].Sections {
			if h.ID != want[i] {
				t.Errorf("%s: heading %q has id %q, want %q", lang, h.Text, h.ID, want[i])
			}
		}
	}
}

func TestRenderIsSafeForConcurrentUse(t *testing.T) {
	course, _ := load(t, nil)
	markdown := read(t, "testdata/section", "fr.md")
	want, _ := course.Render(content.FR, exercises.Section{Markdown: markdown})
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for range 20 {
				if got, _ := course.Render(content.FR, exercises.Section{Markdown: markdown}); got != want {
					t.Fatalf("got %q, want %q", got, want)
				}
			}
		})
	}
}

// broken is a file system of which one file cannot be read.
type broken struct {
	fstest.MapFS
	name string
}

var errDisk = errors.New("disk on fire")

func (b broken) Open(name string) (fs.File, error) {
	if name == b.name {
		return nil, errDisk
	}
	return b.MapFS.Open(name)
}

func (b broken) ReadFile(name string) ([]byte, error) {
	if name == b.name {
		return nil, errDisk
	}
	return b.MapFS.ReadFile(name)
}

func TestLoadError(t *testing.T) {
	texts := map[string]string{"lessons/01-a/fr.md": page("a\n"), "lessons/01-a/en.md": page("a\n"), "glossary.toml": ""}
	for _, name := range []string{"lessons/01-a/fr.md", "glossary.toml", "messages/callouts.toml"} {
		_, _, err := lessons.Load(broken{files(t, texts), name}, known)
		if !errors.Is(err, errDisk) {
			t.Errorf("%s cannot be read: got error %v, want %v", name, err, errDisk)
		}
	}
}

func TestLoadWithoutMessages(t *testing.T) {
	if _, _, err := lessons.Load(fstest.MapFS{}, known); err == nil {
		t.Error("got no error for a course without the titles of call-outs")
	}
}

// Package skeleton makes what a new exercise or a new lesson begins as: all its
// files, complete and consistent, with a gap marked wherever its author has
// something to write (see package exercises). The text is that of
// content/templates.
package skeleton

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"text/template"

	"manche/content"
	"manche/exercises"
)

// Titles are the title of an exercise or a lesson, by language ("fr", "en").
type Titles map[string]string

// Exercise is what has to be known to begin one.
type Exercise struct {
	Slug    string
	Kind    exercises.Kind
	Level   int
	Lesson  string // slug; empty for none
	Package string
	Titles  Titles
}

// Lesson is what has to be known to begin one.
type Lesson struct {
	Slug      string
	Minutes   int
	Titles    Titles
	Exercises []string // slugs, in the order of the page
}

// slugForm is an address: words of lower-case letters and digits, with dashes
// between them.
var slugForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// IsSlug reports whether a folder of an exercise, or the address of a lesson, can
// have this name.
func IsSlug(name string) bool { return slugForm.MatchString(name) }

// example is what the example of a kind of exercise is made of. The names are
// those of its templates.
type example struct {
	folders                         []string // of templates
	Explained, Wrong, Right, Checks []string
}

var examples = map[exercises.Kind]example{
	exercises.Repair: {
		folders:   []string{"program", "repair"},
		Explained: []string{"leak", "deadlock", "test"}, Wrong: []string{"asks-one-only"},
		Right: []string{"with-room"}, Checks: []string{"TestReturnsTheFirstAnswer"},
	},
	exercises.Build: {
		folders:   []string{"program", "build"},
		Explained: []string{"test", "leak", "deadlock"}, Wrong: []string{"forgets-the-other"},
		Right: []string{"with-room"}, Checks: []string{"TestReturnsTheFirstAnswer"},
	},
	exercises.Hunt: {
		folders:   []string{"hunt"},
		Explained: []string{"leak", "deadlock", "test"}, Wrong: []string{"one-left"},
		Right: []string{"with-room"}, Checks: []string{"TestReturnsTheFirstAnswer", "TestCallsOneAfterTheOther"},
	},
	exercises.Test: {
		folders:   []string{"test"},
		Explained: []string{"test"}, Wrong: []string{"always-fails"},
		Right: []string{"bubble"}, Checks: []string{"example", "with-room", "forgets-the-other"},
	},
}

// Kinds are the kinds of exercises that can be begun.
func Kinds() []exercises.Kind {
	return []exercises.Kind{exercises.Repair, exercises.Build, exercises.Test, exercises.Hunt}
}

// Files are the files of the exercise's folder, by path inside it. An unknown
// kind is an error.
func (e Exercise) Files() (map[string][]byte, error) {
	ex, ok := examples[e.Kind]
	if !ok {
		return nil, fmt.Errorf("beginning an exercise: no kind %q", e.Kind)
	}
	data := struct {
		Exercise
		example
	}{e, ex}
	files := make(map[string][]byte)
	for _, folder := range append([]string{"prose"}, ex.folders...) {
		more, err := fill("exercise/"+folder, data)
		if err != nil {
			return nil, fmt.Errorf("beginning exercise %q: %w", e.Slug, err)
		}
		for name, text := range more {
			dir, base := path.Split(name)
			if rest, ok := strings.CutPrefix(base, "package"); ok {
				base = e.Package + rest
			}
			files[dir+base] = text
		}
	}
	return files, nil
}

// Files are the files of the lesson's folder, by path inside it.
func (l Lesson) Files() (map[string][]byte, error) {
	files, err := fill("lesson", l)
	if err != nil {
		return nil, fmt.Errorf("beginning lesson %q: %w", l.Slug, err)
	}
	return files, nil
}

// fill fills in the templates of one folder.
func fill(folder string, data any) (map[string][]byte, error) {
	root, err := fs.Sub(content.FS, "templates/"+folder)
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	return files, fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		t, err := template.New(name).Option("missingkey=error").Parse(string(raw))
		if err != nil {
			return err
		}
		var text bytes.Buffer
		if err := t.Execute(&text, data); err != nil {
			return err
		}
		files[strings.TrimSuffix(name, ".tmpl")] = text.Bytes()
		return nil
	})
}

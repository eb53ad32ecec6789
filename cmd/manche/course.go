package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
)

// courseFiles are the files of a course, as its authors wrote them.
type courseFiles struct {
	exercises fs.FS // a folder for each exercise
	content   fs.FS // lessons, the glossary, and our messages
}

// courseFiles are those of the course that the program was built with, or of the one
// in the folder that was named: lessons, exercises and glossary.toml, the latter
// with the lessons below content where there is a folder of that name, as in the
// repository of this course.
func (p *program) courseFiles() (courseFiles, error) {
	if p.folder == "" {
		return courseFiles{exercises.FS, content.FS}, nil
	}
	root := os.DirFS(p.folder)
	text, err := fs.Sub(root, "content")
	if err == nil && !isFolder(root, "content") {
		text = root
	}
	if err != nil {
		return courseFiles{}, fmt.Errorf("opening the course: %w", err)
	}
	if !isFolder(root, "exercises") && !isFolder(text, "lessons") {
		return courseFiles{}, p.usage("cli.no_course", "folder", p.folder)
	}
	bundles, err := fs.Sub(root, "exercises")
	if err != nil {
		return courseFiles{}, fmt.Errorf("opening the course: %w", err)
	}
	return courseFiles{bundles, withMessages{text}}, nil
}

func isFolder(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}

// withMessages is the content of another course: the sentences of the program
// are ours.
type withMessages struct{ course fs.FS }

// Open opens a file of the course, or our messages.
func (w withMessages) Open(name string) (fs.File, error) {
	if name == "messages" || strings.HasPrefix(name, "messages/") {
		return content.FS.Open(name)
	}
	return w.course.Open(name)
}

// draft is a course as it stands, and what is wrong with it.
type draft struct {
	catalog *exercises.Catalog
	course  *lessons.Course
	defects []exercises.Defect
}

// draft reads the course and lists what is wrong with what people read, and with
// the form of the rest.
func (p *program) draft() (draft, error) {
	from, err := p.courseFiles()
	if err != nil {
		return draft{}, err
	}
	return draftOf(from)
}

// draftOf is the draft of these files, loaded with options of the lessons.
func draftOf(from courseFiles, options ...lessons.Option) (d draft, err error) {
	if d.catalog, d.defects, err = exercises.Load(from.exercises); err != nil {
		return d, err
	}
	course, found, err := lessons.Load(from.content, d.catalog, options...)
	if err != nil {
		return d, err
	}
	d.course, d.defects = course, append(d.defects, found...)
	for _, ex := range d.catalog.All() {
		d.defects = append(d.defects, nowhere(course, ex)...)
		for _, lang := range content.Langs {
			for _, section := range ex.Prose[lang].Sections() {
				_, found := course.Render(lang, section)
				d.defects = append(d.defects, found...)
			}
		}
	}
	return d, nil
}

// course loads the exercises and the lessons, which are served without defects
// only.
func (p *program) course() (*exercises.Catalog, *lessons.Course, error) {
	d, err := p.draft()
	if err != nil {
		return nil, nil, err
	}
	if len(d.defects) > 0 {
		return nil, nil, p.defective(d.defects)
	}
	return d.catalog, d.course, nil
}

// catalog loads the exercises that are named, or all, if their form is without
// defects.
func (p *program) catalog(names ...string) (*exercises.Catalog, error) {
	from, err := p.courseFiles()
	if err != nil {
		return nil, err
	}
	c, defects, err := exercises.Load(from.exercises, names...)
	if err != nil {
		return nil, err
	}
	if len(defects) > 0 {
		return nil, p.defective(defects)
	}
	return c, nil
}

// defective is the error for a course with defects, which it lists.
func (p *program) defective(defects []exercises.Defect) error {
	for _, d := range defects {
		fmt.Fprintln(p.err, p.defect(d))
	}
	return errors.New(p.say("cli.defects", "n", len(defects)))
}

// defect puts a defect into one line: file:line: what, and the remedy.
func (p *program) defect(d exercises.Defect) string {
	text := printable(p.remedy(d))
	if d.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", d.File, d.Line, text)
	}
	return d.File + ": " + text
}

// remedy says what is wrong, and what to do.
func (p *program) remedy(d exercises.Defect) string {
	text, err := p.messages.Text(p.voice().Lang(), "defect."+d.Key, d.Params)
	if err != nil {
		return d.Key + fmt.Sprint(d.Params) // better than a defect unsaid
	}
	return text
}

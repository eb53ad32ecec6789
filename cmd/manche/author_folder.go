package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"manche/lessons"
)

// findCourse makes the course in which somebody stands the one that the verbs of
// authors work on, unless --course names another: they write, or have just
// written, what the program cannot have been built with. Outside of any course it
// remains the one that is built in.
func (p *program) findCourse() error {
	if p.folder != "" {
		return nil
	}
	here, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("finding the course: %w", err)
	}
	for dir := here; ; dir = filepath.Dir(dir) {
		if isCourse(os.DirFS(dir)) {
			p.folder, err = filepath.Rel(here, dir)
			return err
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}

// isCourse reports whether a folder holds lessons or exercises as a course does:
// a folder that only has such a name may be anything.
func isCourse(root fs.FS) bool {
	return slices.ContainsFunc([]string{
		"exercises/*/exercise.toml", "lessons/[0-9][0-9]-*/*.md", "content/lessons/[0-9][0-9]-*/*.md",
	}, func(pattern string) bool {
		found, err := fs.Glob(root, pattern)
		return err == nil && len(found) > 0
	})
}

// ownCourse is the folder of a course that can be written to.
func (p *program) ownCourse() (string, error) {
	if err := p.findCourse(); err != nil {
		return "", err
	}
	if p.folder == "" {
		return "", p.usage("cli.author_no_course")
	}
	if !isFolder(os.DirFS(p.folder), ".") {
		return "", p.usage("cli.no_course", "folder", p.folder)
	}
	return p.folder, nil
}

// textFolder is where a course has its lessons, its glossary and what was accepted
// of them: the folder content, where there is one.
func textFolder(course string) string {
	if isFolder(os.DirFS(course), "content") {
		return filepath.Join(course, "content")
	}
	return course
}

// lessonPlaces lists the lessons of a course by their folders, in order.
func lessonPlaces(course string) ([]lessons.Place, error) {
	return lessons.Places(os.DirFS(textFolder(course)))
}

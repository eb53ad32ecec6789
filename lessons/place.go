package lessons

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
)

// Place is where a lesson stands, as its folder says.
type Place struct {
	Number int // from 0 to 99
	Slug   string
}

// Folder is the name of the lesson's folder.
func (p Place) Folder() string { return fmt.Sprintf("%02d-%s", p.Number, p.Slug) }

// parsePlace reads the name of a folder, and reports whether it is one of a lesson.
func parsePlace(name string) (Place, bool) {
	m := folderForm.FindStringSubmatch(name)
	if m == nil {
		return Place{}, false
	}
	number, _ := strconv.Atoi(m[1]) // two digits
	return Place{number, m[2]}, true
}

// Places lists the folders of lessons of a course, in their order, whatever is in
// them. A course without any is none to complain of.
func Places(fsys fs.FS) ([]Place, error) {
	entries, err := fs.ReadDir(fsys, lessonsDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("listing the lessons: %w", err)
	}
	var places []Place
	for _, e := range entries {
		if p, ok := parsePlace(e.Name()); ok && e.IsDir() {
			places = append(places, p)
		}
	}
	return places, nil
}

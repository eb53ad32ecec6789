package i18n

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"manche/content"
)

// Load reads the pages of a course: its lessons from text, its exercises from
// bundles. A page without one of its languages is a page with no block in it.
func Load(text, bundles fs.FS) ([]Page, error) {
	var pages []Page
	for _, from := range []struct {
		fsys          fs.FS
		pattern, name string // of a file in each folder, and the beginning of a page's name
	}{
		{text, "lessons/[0-9][0-9]-*/*.md", ""},
		{bundles, "*/exercise.toml", "exercises/"},
	} {
		files, err := fs.Glob(from.fsys, from.pattern)
		if err != nil {
			return nil, fmt.Errorf("listing the pages: %w", err)
		}
		for _, file := range files {
			folder := path.Dir(file)
			if n := len(pages); n > 0 && pages[n-1].Name == from.name+folder {
				continue
			}
			page, err := load(from.fsys, folder)
			if err != nil {
				return nil, fmt.Errorf("reading %s: %w", from.name+folder, err)
			}
			page.Name = from.name + folder
			pages = append(pages, page)
		}
	}
	return pages, nil
}

// load reads the languages of one page.
func load(fsys fs.FS, folder string) (Page, error) {
	page := Page{Blocks: make(map[content.Lang][]Block)}
	for _, lang := range content.Langs {
		raw, err := fs.ReadFile(fsys, path.Join(folder, string(lang)+".md"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return Page{}, err
		}
		page.Blocks[lang] = Blocks(string(raw))
	}
	return page, nil
}

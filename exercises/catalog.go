package exercises

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
)

// Catalog holds the exercises of a course. It is safe for concurrent use.
type Catalog struct {
	bySlug map[string]*Exercise
}

// Load reads every bundle of fsys: each folder at its top that holds an
// exercise.toml. It lists all the defects it sees at once, and leaves an
// exercise that has any out of the catalogue, unless all that it has are gaps:
// what is there then can be proven already. The error is about reading, never
// about what an author wrote.
func Load(fsys fs.FS) (*Catalog, []Defect, error) {
	specs, err := fs.Glob(fsys, "*/"+specFile)
	if err != nil {
		return nil, nil, fmt.Errorf("listing the exercises: %w", err)
	}
	c := &Catalog{bySlug: make(map[string]*Exercise)}
	var defects []Defect
	for _, spec := range specs {
		slug := path.Dir(spec)
		b, err := readBundle(fsys, slug)
		if err != nil {
			return nil, nil, fmt.Errorf("reading exercise %q: %w", slug, err)
		}
		ex, found := b.exercise()
		defects = slices.Concat(defects, found, b.gaps())
		if len(found) == 0 {
			c.bySlug[slug] = ex
		}
	}
	return c, defects, nil
}

// Lookup returns the exercise with this slug, and whether there is one.
func (c *Catalog) Lookup(slug string) (*Exercise, bool) {
	ex, ok := c.bySlug[slug]
	return ex, ok
}

// All returns every exercise, sorted by lesson, level and slug.
func (c *Catalog) All() []*Exercise {
	return slices.SortedFunc(maps.Values(c.bySlug), byPlace)
}

package exercises

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"
)

// Catalog holds the exercises of a course. It is safe for concurrent use.
type Catalog struct {
	bySlug map[string]*Exercise
}

// Load reads the bundles of fsys: each folder at its top that holds an
// exercise.toml, or those of them that are named. It lists all the defects it sees at once, and leaves an
// exercise that has any out of the catalogue, unless all that it has are gaps:
// what is there then can be proven already. The error is about reading, never
// about what an author wrote.
func Load(fsys fs.FS, names ...string) (*Catalog, []Defect, error) {
	specs, err := fs.Glob(fsys, "*/"+specFile)
	if err != nil {
		return nil, nil, fmt.Errorf("listing the exercises: %w", err)
	}
	if len(names) > 0 {
		specs = slices.DeleteFunc(specs, func(spec string) bool { return !slices.Contains(names, path.Dir(spec)) })
	}
	read := make([]loaded, len(specs))
	var reading sync.WaitGroup // the terminal waits for this at every command
	for i, spec := range specs {
		reading.Go(func() { read[i] = load(fsys, path.Dir(spec)) })
	}
	reading.Wait()
	c := &Catalog{bySlug: make(map[string]*Exercise)}
	var defects []Defect
	for _, l := range read {
		if l.err != nil {
			return nil, nil, l.err
		}
		defects = append(defects, l.defects...)
		if l.exercise != nil {
			c.bySlug[l.exercise.Slug] = l.exercise
		}
	}
	return c, defects, nil
}

// loaded is what became of one folder. The exercise is nil where its defects leave
// nothing to show.
type loaded struct {
	exercise *Exercise
	defects  []Defect
	err      error
}

func load(fsys fs.FS, slug string) loaded {
	b, err := readBundle(fsys, slug)
	if err != nil {
		return loaded{err: fmt.Errorf("reading exercise %q: %w", slug, err)}
	}
	ex, found := b.exercise()
	l := loaded{exercise: ex, defects: slices.Concat(found, b.gaps())}
	if len(found) > 0 {
		l.exercise = nil
	}
	return l
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

package lessons

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"sync"

	"manche/content"
	"manche/exercises"
)

// Memory keeps what was made of the texts of a course, so that loading it again
// costs what has changed since. Its zero value is empty. It is safe for concurrent
// use, but for one Load at a time; what two loads did not use, it forgets.
type Memory struct {
	mu       sync.Mutex
	terms    string // all that every text depends on
	lessons  generations[string, *knownLesson]
	sections generations[sectionKey, *knownText]
}

// Recalling loads a course with what a memory keeps, and keeps what it lacks.
func Recalling(m *Memory) Option { return func(d *dialect) { d.memory = m } }

// knownLesson is what was made of a lesson.
type knownLesson struct {
	raw     map[content.Lang][]byte
	asked   map[string]*exercises.Exercise // of the catalogue, nil where there was none
	pages   map[content.Lang]*Page
	defects []exercises.Defect
	drafts  []*draft // stripped
}

// sectionKey is the place of a text in an exercise.
type sectionKey struct {
	file string
	line int
	lang content.Lang
}

// knownText is what was made of such a text.
type knownText struct {
	markdown, html string
	draft          *draft // stripped
}

// generations are two generations of what is known: that of this load, and that of
// the one before.
type generations[K comparable, V any] struct{ now, before map[K]V }

func (g *generations[K, V]) turn() { g.now, g.before = make(map[K]V), g.now }

func (g *generations[K, V]) get(key K) (V, bool) {
	v, ok := g.now[key]
	if !ok {
		v, ok = g.before[key]
	}
	return v, ok
}

// begin makes the memory ready for a load on these terms.
func (m *Memory) begin(d *dialect) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lessons.turn()
	m.sections.turn()
	if terms := fmt.Sprint(d.titles, d.glossary, d.marks); terms != m.terms {
		m.terms, m.lessons.before, m.sections.before = terms, nil, nil
	}
}

// lesson returns what is known of a lesson whose texts, and whose exercises, are as
// they were; or nil.
func (m *Memory) lesson(dir string, raw map[content.Lang][]byte, catalog exerciseCatalog) *knownLesson {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.lessons.get(dir)
	if !ok || !maps.EqualFunc(k.raw, raw, bytes.Equal) {
		return nil
	}
	for slug, was := range k.asked {
		if is, ok := catalog.Lookup(slug); ok != (was != nil) || ok && is.Revision != was.Revision {
			return nil
		}
	}
	m.lessons.now[dir] = k
	return k
}

func (m *Memory) keepLesson(dir string, k *knownLesson) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lessons.now[dir] = k
}

// section returns what is known of a text, or nil.
func (m *Memory) section(key sectionKey, markdown string) *knownText {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.sections.get(key)
	if !ok || k.markdown != markdown {
		return nil
	}
	m.sections.now[key] = k
	return k
}

func (m *Memory) keepSection(key sectionKey, k *knownText) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sections.now[key] = k
}

// stripped is what of a draft is needed to check its links, as often as one likes.
func (d *draft) stripped() *draft {
	src := &source{file: d.file, defects: slices.Clone(d.defects)}
	return &draft{source: src, dialect: d.dialect, ids: d.ids, links: d.links}
}

// again is a stripped draft in another load.
func (d *draft) again(dia *dialect) *draft {
	copied := d.stripped()
	copied.dialect = dia
	return copied
}

// asking is a catalogue that notes what it is asked for.
type asking struct {
	exerciseCatalog
	asked map[string]*exercises.Exercise
}

// Lookup implements exerciseCatalog.
func (a asking) Lookup(slug string) (*exercises.Exercise, bool) {
	ex, ok := a.exerciseCatalog.Lookup(slug)
	a.asked[slug] = nil
	if ok {
		a.asked[slug] = ex
	}
	return ex, ok
}

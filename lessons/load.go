package lessons

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"

	"manche/content"
	"manche/exercises"
)

const lessonsDir = "lessons"

// folderForm is the name of a lesson's folder: its place and its slug.
var folderForm = regexp.MustCompile(`^([0-9]{2})-([a-z][a-z0-9-]*)$`)

// loader gathers the course and what is wrong with it.
type loader struct {
	fsys    fs.FS
	dialect *dialect
	course  *Course
	drafts  []*draft
	defects []exercises.Defect
}

// Load reads lessons/<nn-slug>/<lang>.md of fsys, renders everything once, and
// lists every defect that it finds, sorted by place. fsys also holds
// messages/*.toml, for the titles of the call-outs, and may hold glossary.toml,
// whose terms to avoid are defects in prose. The error is our own fault:
// something could not be read. A course with defects is returned nevertheless,
// for its author to look at; it is not fit for learners. The one option that there
// is, [WhileWritten], is for that.
func Load(fsys fs.FS, catalog exerciseCatalog, options ...Option) (*Course, []exercises.Defect, error) {
	messages, err := content.LoadMessages(fsys)
	if err != nil {
		return nil, nil, err
	}
	titles, err := calloutTitles(messages)
	if err != nil {
		return nil, nil, err
	}
	words, defects, err := loadGlossary(fsys)
	if err != nil {
		return nil, nil, err
	}
	dia := newDialect(titles, words, catalog)
	for _, o := range options {
		o(dia)
	}
	l := loader{fsys: fsys, dialect: dia, course: &Course{dialect: dia}, defects: defects}
	if err := l.lessons(); err != nil {
		return nil, nil, fmt.Errorf("loading the lessons: %w", err)
	}
	return l.course, l.finish(), nil
}

// lessons loads every folder.
func (l *loader) lessons() error {
	entries, err := fs.ReadDir(l.fsys, lessonsDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		place, ok := parsePlace(e.Name())
		if !ok || !e.IsDir() {
			l.report(path.Join(lessonsDir, e.Name()), keyFolder, "name", e.Name())
			continue
		}
		lesson := &Lesson{Number: place.Number, Slug: place.Slug, Pages: make(map[content.Lang]*Page)}
		if err := l.lesson(lesson, path.Join(lessonsDir, e.Name())); err != nil {
			return err
		}
		l.add(lesson, e.Name())
	}
	return nil
}

// report notes a defect of a whole file or folder.
func (l *loader) report(file, key string, pairs ...string) {
	l.defects = append(l.defects, defect(file, 0, key, pairs...))
}

// add puts a lesson that has a page into the course.
func (l *loader) add(lesson *Lesson, name string) {
	if len(lesson.Pages) == 0 {
		return
	}
	file := path.Join(lessonsDir, name)
	if _, taken := l.course.Lesson(lesson.Slug); taken {
		l.report(file, keySlugTaken, "slug", lesson.Slug)
		return
	}
	for _, other := range l.course.lessons {
		if other.Number == lesson.Number {
			l.report(file, keyNumberTaken, "number", strconv.Itoa(lesson.Number), "other", other.Slug)
		}
	}
	l.course.lessons = append(l.course.lessons, lesson)
}

// lesson reads the pages of a lesson.
func (l *loader) lesson(lesson *Lesson, dir string) error {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		return err
	}
	drafts := make(map[content.Lang]*draft)
	for _, e := range entries {
		base, isPage := cutExt(e.Name())
		lang, known := content.ParseLang(base)
		if !isPage || !known || e.IsDir() {
			l.report(path.Join(dir, e.Name()), keyStrayFile, "name", e.Name())
			continue
		}
		file := path.Join(dir, e.Name())
		raw, err := fs.ReadFile(l.fsys, file)
		if err != nil {
			return err
		}
		l.defects = append(l.defects, exercises.Gaps(file, raw)...)
		drafts[lang] = l.draft(newSource(file, lang, 1, raw))
	}
	for _, lang := range content.Langs {
		if drafts[lang] == nil {
			l.report(path.Join(dir, string(lang)+".md"), keyMissing, "language", string(lang))
		}
	}
	l.pages(lesson, drafts)
	return nil
}

// cutExt returns the name of a Markdown file without its extension.
func cutExt(name string) (string, bool) {
	ext := path.Ext(name)
	return name[:len(name)-len(ext)], ext == ".md"
}

// draft parses one page.
func (l *loader) draft(src *source) *draft {
	m := src.frontMatter()
	d := l.dialect.parse(src)
	d.meta = m
	l.drafts = append(l.drafts, d)
	return d
}

// pages renders the drafts of one lesson, and compares them.
func (l *loader) pages(lesson *Lesson, drafts map[content.Lang]*draft) {
	origin := cmp.Or(drafts[content.EN], drafts[content.FR])
	if origin == nil {
		return
	}
	taken := reserved(drafts)
	origin.assignIDs(origin, taken)
	for _, lang := range content.Langs {
		d := drafts[lang]
		if d == nil {
			continue
		}
		if d != origin {
			d.assignIDs(origin, taken)
		}
		lesson.Pages[lang] = d.page()
	}
	if fr, en := drafts[content.FR], drafts[content.EN]; fr != nil && en != nil {
		parity(fr, en, lesson.Pages[content.FR], lesson.Pages[content.EN])
	}
	if l.dialect.marks {
		lesson.complete()
	}
}

// reserved lists the ids that headings may not take.
func reserved(drafts map[content.Lang]*draft) map[string]bool {
	taken := make(map[string]bool)
	for _, d := range drafts {
		for _, b := range d.activities {
			taken[b.id] = true
		}
		for i := range d.fences {
			taken[runPrefix+strconv.Itoa(i+1)] = true
		}
	}
	return taken
}

// finish puts the lessons in order, checks the links between them, and returns
// all defects.
func (l *loader) finish() []exercises.Defect {
	list := l.course.lessons
	slices.SortStableFunc(list, func(a, b *Lesson) int { return cmp.Compare(a.Number, b.Number) })
	for i := 1; i < len(list); i++ {
		list[i-1].Next, list[i].Previous = list[i], list[i-1]
	}
	for _, d := range l.drafts {
		d.checkLinks(l.course)
		l.defects = append(l.defects, d.defects...)
	}
	return sortDefects(l.defects)
}

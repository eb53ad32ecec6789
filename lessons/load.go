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
// for its author to look at; it is not fit for learners. The options, [WhileWritten]
// and [Recalling], are for that.
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
	dia.memory.begin(dia)
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
	raw, err := l.texts(dir)
	if err != nil {
		return err
	}
	known := l.dialect.memory.lesson(dir, raw, l.dialect.catalog)
	if known == nil {
		known = l.read(lesson, dir, raw)
		l.dialect.memory.keepLesson(dir, known)
	}
	lesson.Pages = known.pages
	l.defects = append(l.defects, known.defects...)
	for _, d := range known.drafts {
		l.drafts = append(l.drafts, d.again(l.dialect))
	}
	return nil
}

// texts reads the files of a lesson, and reports those that are none.
func (l *loader) texts(dir string) (map[content.Lang][]byte, error) {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		return nil, err
	}
	raw := make(map[content.Lang][]byte)
	for _, e := range entries {
		base, isPage := cutExt(e.Name())
		lang, known := content.ParseLang(base)
		if !isPage || !known || e.IsDir() {
			l.report(path.Join(dir, e.Name()), keyStrayFile, "name", e.Name())
			continue
		}
		if raw[lang], err = fs.ReadFile(l.fsys, path.Join(dir, e.Name())); err != nil {
			return nil, err
		}
	}
	return raw, nil
}

// read makes of a lesson's texts all that does not depend on other lessons.
func (l *loader) read(lesson *Lesson, dir string, raw map[content.Lang][]byte) *knownLesson {
	asked := make(map[string]*exercises.Exercise)
	dia := *l.dialect
	dia.catalog = asking{dia.catalog, asked}
	known := &knownLesson{raw: raw, asked: asked, pages: lesson.Pages}
	drafts := make(map[content.Lang]*draft)
	for _, lang := range content.Langs {
		file := path.Join(dir, string(lang)+".md")
		text, ok := raw[lang]
		if !ok {
			known.defects = append(known.defects, defect(file, 0, keyMissing, "language", string(lang)))
			continue
		}
		known.defects = append(known.defects, exercises.Gaps(file, text)...)
		drafts[lang] = dia.draft(newSource(file, lang, 1, text))
	}
	lesson.render(drafts)
	if dia.marks {
		lesson.complete()
	}
	for _, d := range drafts {
		known.drafts = append(known.drafts, d.stripped())
	}
	return known
}

// cutExt returns the name of a Markdown file without its extension.
func cutExt(name string) (string, bool) {
	ext := path.Ext(name)
	return name[:len(name)-len(ext)], ext == ".md"
}

// draft parses one page.
func (dia *dialect) draft(src *source) *draft {
	m := src.frontMatter()
	d := dia.parse(src)
	d.meta = m
	return d
}

// render makes the pages of the drafts of one lesson, and compares them.
func (lesson *Lesson) render(drafts map[content.Lang]*draft) {
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

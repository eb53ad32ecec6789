package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"manche/cmd/manche/watch"
	"manche/content"
	"manche/exercises"
	"manche/grader"
	"manche/grader/build"
	"manche/grader/queue"
	"manche/lessons"
	"manche/lessons/i18n"
	"manche/web"
	"manche/web/preview"
	"manche/web/store"
)

// courseEntries are what a course consists of, in either layout.
var courseEntries = []string{"content", "lessons", "exercises", "glossary.toml", i18n.FileName}

// previewing is a preview under way.
type previewing struct {
	*serving
	pages       *preview.Server
	folder      string
	data        *store.Store
	files       *watch.Watcher
	toolchain   build.Toolchain
	noToolchain error
	memory      lessons.Memory

	catalog atomic.Pointer[exercises.Catalog] // as it now stands
	mu      sync.Mutex                        // guards those below
	site    *web.Server                       // the newest
	queue   *queue.Queue                      // nil until there is one, as the next
	reader  *grader.Grader
}

// Lookup returns an exercise as it now stands.
func (v *previewing) Lookup(slug string) (*exercises.Exercise, bool) {
	return v.catalog.Load().Lookup(slug)
}

// attachJudges gives the queue and what reads code as it is typed to the newest
// site, and to those to come.
func (v *previewing) attachJudges(q *queue.Queue, g *grader.Grader) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.queue, v.reader = q, g
	v.site.Attach(q)
	v.site.AttachDiagnoser(g)
	v.site.AttachRuns(web.NewRuns(g, 1)) // there is one reader
}

// edition loads the course as it stands.
func (v *previewing) edition() (preview.Edition, error) {
	from, err := v.workingFiles()
	if err != nil {
		return preview.Edition{}, err
	}
	e, err := v.editionOf(from)
	if err != nil {
		return e, err
	}
	apart, err := v.partings()
	e.Defects = append(e.Defects, apart...)
	slices.SortStableFunc(e.Defects, func(a, b preview.Defect) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return e, err
}

// workingFiles are the course's files without what editors keep beside them. The
// sentences are the course's where it has some, as in the repository of this one.
func (v *previewing) workingFiles() (courseFiles, error) {
	from, err := v.courseFiles()
	if err != nil {
		return courseFiles{}, err
	}
	text := tidy{os.DirFS(textFolder(v.folder))}
	from.content = withMessages{text}
	if isFolder(text, "messages") {
		from.content = text
	}
	from.exercises = tidy{from.exercises}
	return from, nil
}

// tidy hides files that editors write for themselves.
type tidy struct{ fs.FS }

// ReadDir implements [fs.ReadDirFS].
func (t tidy) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(t.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return watch.Hidden(e.Name()) }), err
}

// editionOf makes a site of these files. What the program wants of a sentence and
// the working one no longer gives shows as a panic of Say; here it is one more
// thing that its author gets wrong.
func (v *previewing) editionOf(from courseFiles) (e preview.Edition, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("drawing the pages: %v", p)
		}
	}()
	messages, err := v.sentences(from.content)
	if err != nil {
		return e, err
	}
	d, err := draftOf(from, lessons.WhileWritten, lessons.Recalling(&v.memory))
	if err != nil {
		return e, err
	}
	site, err := web.New(web.Config{
		Course: d.course, Catalog: d.catalog, Messages: messages, Store: v.data, Ready: v.ready,
		Revision: revisionOf(d.catalog, v.toolchain), Anticipate: v.ahead.want, Schema: grader.Schema, Log: v.log, Passing: true,
	})
	if err != nil {
		return e, err
	}
	v.replace(site, d.catalog)
	return preview.Edition{Site: site, Defects: v.inWords(d.defects)}, nil
}

// replace makes a site the newest.
func (v *previewing) replace(site *web.Server, catalog *exercises.Catalog) {
	v.catalog.Store(catalog)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.site = site
	if v.queue != nil {
		site.Attach(v.queue)
		site.AttachDiagnoser(v.reader)
		site.AttachRuns(web.NewRuns(v.reader, 1))
	}
}

// sentences are those of the course, which must be all that the program says.
func (v *previewing) sentences(text fs.FS) (*content.Messages, error) {
	m, err := content.LoadMessages(text)
	if err != nil {
		return nil, err
	}
	lost := slices.DeleteFunc(v.messages.Keys(), m.Has)
	if len(lost) > 0 {
		return nil, fmt.Errorf("loading the messages: the program needs %s", strings.Join(lost, ", "))
	}
	return m, nil
}

// inWords are defects as the author reads them.
func (v *previewing) inWords(defects []exercises.Defect) []preview.Defect {
	out := make([]preview.Defect, len(defects))
	for i, d := range defects {
		out[i] = preview.Defect{File: d.File, Line: d.Line, Text: v.remedy(d)}
	}
	return out
}

// partings are where the two languages part since both were accepted.
func (v *previewing) partings() ([]preview.Defect, error) {
	c, err := v.openCounterparts()
	if err != nil {
		return nil, err
	}
	var out []preview.Defect
	for _, page := range c.pages {
		for _, pair := range c.record.Compare(page) {
			text := v.parting(pair)
			if text == "" {
				continue
			}
			for _, lang := range content.Langs {
				if b, ok := pair.Blocks[lang]; ok {
					out = append(out, preview.Defect{File: pair.Page + "/" + string(lang) + ".md", Line: b.Line, Text: text})
				}
			}
		}
	}
	return out, nil
}

// languageKeys are the words for the languages.
var languageKeys = map[content.Lang]string{content.FR: "cli.author_i18n.fr", content.EN: "cli.author_i18n.en"}

// parting says how two blocks part, or nothing of those that do not.
func (v *previewing) parting(pair i18n.Pair) string {
	switch pair.State {
	case i18n.Missing, i18n.Orphaned:
		return v.say("cli.preview_alone")
	case i18n.Stale:
		var langs []string
		for _, lang := range pair.Changed {
			langs = append(langs, v.say(languageKeys[lang]))
		}
		return v.say("cli.preview_stale", "languages", strings.Join(langs, ", "))
	}
	return ""
}

package main

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"manche/exercises"
	"manche/grader"
	"manche/grader/queue"
	"manche/lessons"
	"manche/web"
	"manche/web/store"
)

// coursesRoot is what the addresses of all courses but the first begin with.
const coursesRoot = "/c/"

// served is a course, and where it is served. Its learners' work is in a database
// of its own, and goes to judgement by a lane of its own.
type served struct {
	name    string // "" for the first, which has the bare addresses
	slug    string // of its folder; "" for the course that is built in
	folder  string
	catalog *exercises.Catalog
	course  *lessons.Course
	data    *store.Store
	site    *web.Server
}

// root is what its addresses begin with.
func (s *served) root() string {
	if s.name == "" {
		return ""
	}
	return coursesRoot + s.name
}

// file is the name of its database. It is that of the course, wherever that stands
// among the others: no order of courses opens one's learners' work in another.
func (s *served) file() string {
	if s.slug == "" {
		return databaseFile
	}
	return filepath.Join("c", s.slug+".db")
}

// courses are those that one server serves, the first of them at the bare
// addresses, each other one below /c/ and its folder's name. A course that is added
// behind the others so moves no address. It is immutable once its sites are there.
type courses []*served

// courses loads those that were named, or the one that is built in.
func (p *program) courses() (courses, error) {
	all, err := p.namedCourses()
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		own := *p
		own.folder = s.folder
		if s.catalog, s.course, err = own.course(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// namedCourses gives each course its name.
func (p *program) namedCourses() (courses, error) {
	if len(p.folders) == 0 {
		return courses{{folder: p.folder}}, nil
	}
	var all courses
	for _, folder := range p.folders {
		slug := slugOf(folder)
		if slug == "" || slices.ContainsFunc(all, func(s *served) bool { return s.slug == slug }) {
			return nil, p.usage("cli.courses_name", "folder", folder)
		}
		all = append(all, &served{name: slug, slug: slug, folder: folder})
	}
	all[0].name = ""
	return all, nil
}

// noSlug is what an address does without.
var noSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slugOf is the name of a folder as it stands in addresses; "" if nothing is left.
func slugOf(folder string) string {
	abs, err := filepath.Abs(folder)
	if err != nil {
		abs = folder
	}
	return strings.Trim(noSlug.ReplaceAllString(strings.ToLower(filepath.Base(abs)), "-"), "-")
}

// named is the course of that name, or nil.
func (c courses) named(name string) *served {
	for _, s := range c {
		if s.name == name {
			return s
		}
	}
	return nil
}

// open opens the databases below a folder, and tells of those of named courses that
// are new. They are to be closed even if it fails.
func (c courses) open(ctx context.Context, folder string, isNew func(s *served, file string)) (err error) {
	for _, s := range c {
		file := filepath.Join(folder, s.file())
		_, missing := os.Stat(file)
		if s.data, err = openStore(ctx, file); err != nil {
			return err
		}
		if s.slug != "" && errors.Is(missing, fs.ErrNotExist) {
			isNew(s, file)
		}
	}
	return nil
}

// close closes the databases.
func (c courses) close() error {
	var errs []error
	for _, s := range c {
		if s.data != nil {
			errs = append(errs, s.data.Close())
		}
	}
	return errors.Join(errs...)
}

// ledger is all their submissions, for one queue.
func (c courses) ledger() queue.Ledger {
	lanes := make(map[string]queue.Lane, len(c))
	for _, s := range c {
		lanes[s.name] = s.data
	}
	return queue.NewLanes(lanes)
}

// sites are those of all.
func (c courses) sites() []*web.Server {
	var all []*web.Server
	for _, s := range c {
		all = append(all, s.site)
	}
	return all
}

// attach gives each its lane of a queue, what reads code as it is typed, and what
// runs programs, which stand in one line for all.
func (c courses) attach(q *queue.Queue, g *grader.Grader, workers int) {
	runs := web.NewRuns(warmly{g, workers}, workers/runsShare)
	for _, s := range c {
		s.site.Attach(q.In(s.name))
		s.site.AttachRuns(runs)
		s.site.AttachDiagnoser(inCourse{s.name, g})
	}
}

// inCourse is the grader for the exercises of one of the courses.
type inCourse struct {
	course string
	grader *grader.Grader
}

// Diagnose implements [web.Diagnoser].
func (c inCourse) Diagnose(ctx context.Context, sub grader.Submission) ([]grader.Finding, error) {
	sub.Exercise = queue.Below(c.course, sub.Exercise)
	return c.grader.Diagnose(ctx, sub)
}

// Lookup returns an exercise by its course and its slug, as the lanes call it.
func (c courses) Lookup(name string) (*exercises.Exercise, bool) {
	course, slug, _ := strings.Cut(name, "/")
	s := c.named(course)
	if s == nil {
		return nil, false
	}
	return s.catalog.Lookup(slug)
}

// ServeHTTP answers by the course that an address belongs to. The first one answers
// for what belongs to none.
func (c courses) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s, bare := c.at(r.URL.Path)
	if bare {
		http.Redirect(w, r, s.root()+"/", http.StatusMovedPermanently)
		return
	}
	s.site.ServeHTTP(w, r)
}

// Prepared implements [web.Preparer].
func (c courses) Prepared(r *http.Request) web.Prepared {
	s, _ := c.at(r.URL.Path)
	return s.site.Prepared(r)
}

var _ web.Preparer = courses(nil)

// at is the course that an address belongs to, and whether that is the bare address
// of its root, without the last slash.
func (c courses) at(path string) (s *served, bare bool) {
	rest, below := strings.CutPrefix(path, coursesRoot)
	name, _, slash := strings.Cut(rest, "/")
	s = c.named(name)
	if !below || name == "" || s == nil {
		return c[0], false
	}
	return s, !slash
}

// EndStreams implements [web.Handler].
func (c courses) EndStreams() {
	for _, s := range c {
		s.site.EndStreams()
	}
}

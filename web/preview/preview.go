// Package preview shows a course to those who are writing it: the site itself,
// over the files as they stand, with what is wrong with them at its place, and
// each page in both languages side by side. Open pages follow the files.
//
// What it adds to a page are comments' worth of HTML: a style sheet, a script, a
// bar above the content and notes in it. The rules of the site hold for its pages
// as for all others; only they may be framed, by pages of the same origin.
package preview

import (
	"crypto/rand"
	_ "embed"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"

	"manche/content"
	"manche/web"
	"manche/web/view"
)

// Edition is a state of the course, and what is wrong with it. It must not be
// modified once it is shown. The site's course is loaded with
// [manche/lessons.WhileWritten]: without that, a defect has no place on a page.
type Edition struct {
	Site    *web.Server
	Defects []Defect // as they are to be listed
}

// Defect is something to mend, in the words of its remedy.
type Defect struct {
	File string // slash-separated, from the root of the course
	Line int    // 0 for the whole file
	Text string // in the author's language
}

// Server serves the newest edition. It is a [web.Handler], safe for concurrent
// use, and holds no goroutine of its own.
type Server struct {
	voice   content.Voice // the author's
	run     string        // tells this preview from those before it
	count   atomic.Uint64
	current atomic.Pointer[state]
	mux     *http.ServeMux

	stop     sync.Once
	stopping chan struct{}
}

// state is what is being shown.
type state struct {
	Edition
	id       string
	problem  string        // why there is no newer edition, or ""
	replaced chan struct{} // closed when another state has come
}

// New returns a preview in which voice speaks to the author. It shows first until
// it is told to show another.
func New(voice content.Voice, first Edition) *Server {
	s := &Server{voice: voice, run: rand.Text(), mux: http.NewServeMux(), stopping: make(chan struct{})}
	s.replace(&state{Edition: first})
	s.mux.HandleFunc("/", s.page)
	s.mux.HandleFunc("GET "+view.PreviewPrefix+"{$}", s.list)
	s.mux.HandleFunc("GET "+view.PreviewPrefix+"events", s.events)
	s.mux.HandleFunc("GET "+view.PreviewPrefix+"{kind}/{slug}", s.beside)
	s.mux.HandleFunc("GET "+view.PreviewPrefix+"preview.css", asset("text/css; charset=utf-8", styles))
	s.mux.HandleFunc("GET "+view.PreviewPrefix+"preview.js", asset("text/javascript; charset=utf-8", script))
	return s
}

// Show replaces the edition, and tells the open pages. Streams of the former one
// end, and begin anew in this one.
func (s *Server) Show(e Edition) { s.replace(&state{Edition: e}) }

// Fail leaves the edition as it is, and tells the open pages why there is none of
// the files as they stand.
func (s *Server) Fail(problem string) {
	s.replace(&state{Edition: s.current.Load().Edition, problem: problem})
}

func (s *Server) replace(next *state) {
	next.id = s.run + "-" + strconv.FormatUint(s.count.Add(1), 10)
	next.replaced = make(chan struct{})
	last := s.current.Swap(next)
	select {
	case <-s.stopping: // which has looked at the last one
		next.Site.EndStreams()
	default:
	}
	if last == nil {
		return
	}
	close(last.replaced)
	if last.Site != next.Site {
		last.Site.EndStreams()
	}
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// EndStreams implements [web.Handler].
func (s *Server) EndStreams() {
	s.stop.Do(func() { close(s.stopping) })
	s.current.Load().Site.EndStreams()
}

var (
	//go:embed preview.css
	styles []byte
	//go:embed preview.js
	script []byte
)

// asset answers with a file of ours.
func asset(media string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", media)
		h.Set("Cache-Control", "no-cache")
		h.Set("X-Content-Type-Options", "nosniff")
		w.Write(body) // a client that left hears nothing
	}
}

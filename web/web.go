// Package web is the site: the pages in both languages, which work as plain
// forms, and the HTTP interface that editors and scripts use.
//
// A page says what the course and the grader's verdicts hold; the package has
// no opinion of its own about code. What a learner can get wrong is answered
// below 500 and in the learner's language; see [problem].
package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
)

// Config is what a server works with.
type Config struct {
	Course   *lessons.Course
	Catalog  catalog
	Messages *content.Messages
	Store    Store
	// Ready tells whether submissions are being judged yet. nil: always.
	Ready readiness
	// Revision names everything besides the files that a verdict on an exercise
	// depends on: the exercise's own revision, the grader's, the toolchain's.
	// Equal files under an equal revision are not judged twice.
	Revision func(exercise string) string
	// Anticipate is told of each draft, so that it can be built before its verdict
	// is asked for. It must not block. nil: nothing is built ahead.
	Anticipate func(exercise string, files map[string]string)
	// Schema is the JSON schema of a verdict.
	Schema []byte
	// BaseURL is "https://host" where the site is reached from outside, for
	// absolute addresses and secure cookies behind a proxy. "" leaves addresses
	// relative.
	BaseURL string
	// Proxies are where requests come from that others sent: what these say of the
	// address of a client is believed, and that address is the one that is limited.
	Proxies []netip.Prefix
	// Root is what the addresses of this course begin with where others are served
	// beside it: "/c/name", or "" for the course that has the bare addresses. The
	// files of the site itself are below "/static/" for all.
	Root   string
	Limits Limits
	// Passing says that the pages are soon replaced by others: they are not
	// compressed beforehand.
	Passing bool
	// Now tells the time that cards come back by, and that limits are counted by.
	// nil: time.Now.
	Now func() time.Time
	Log *slog.Logger // nil: nothing is logged. Learners' code never is.
}

// catalog has the exercises; exercises.Catalog is one.
type catalog interface {
	Lookup(slug string) (*exercises.Exercise, bool)
	All() []*exercises.Exercise
}

// readiness tells how far the preparations have come.
type readiness interface {
	Progress() (ready bool, done, total int)
}

// Limits bound what a client may ask for. A zero field takes its default.
type Limits struct {
	// PerMinute is how many submissions one address may send, 120 by default: a
	// class of sixty behind one address, each pressing the button twice a minute.
	// Twice as many programs may be run from it, besides, and as many drafts and answers
	// be begun.
	PerMinute int
	// Body is the size of a request's body in bytes, 256 KiB by default: twenty
	// times the longest answer that the course knows of.
	Body int64
}

// Defaults of [Limits], which say why.
const (
	DefaultPerMinute = 120
	defaultBody      = 256 << 10
)

func (l Limits) withDefaults() Limits {
	if l.PerMinute <= 0 {
		l.PerMinute = DefaultPerMinute
	}
	if l.Body <= 0 {
		l.Body = defaultBody
	}
	return l
}

// Server is the site. It is an http.Handler, safe for concurrent use; it holds
// no goroutine of its own outside of [Server.Serve].
type Server struct {
	Config
	secure    bool // cookies travel over https only
	assets    *assets
	exercises []*exercises.Exercise // as the course leads to them
	prose     map[proseKey]exerciseProse
	rendered  map[string]fixedPage // address -> page that is the same for everyone
	addresses *addresses           // submissions
	kept      *addresses           // drafts, answers and ratings
	added     *addresses           // those of them that take the place of nothing
	codes     *addresses           // recovery codes
	programs  programs
	typing    *addresses // what is read while it is typed
	readings  readings
	// formatting has a place for each processor that may lay code out.
	formatting chan struct{}
	diagnoser  atomic.Pointer[Diagnoser]
	queue      atomic.Pointer[Queue]
	beside     atomic.Pointer[[]*Server] // see [Beside]
	handler    http.Handler

	stop     sync.Once
	stopping chan struct{} // closed when streams are to end
}

// New prepares a server: it renders every page that is the same for everyone,
// and compresses what browsers fetch again and again. The error tells what of
// the course cannot be shown.
func New(c Config) (*Server, error) {
	s := &Server{Config: c, stopping: make(chan struct{})}
	s.Limits = c.Limits.withDefaults()
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	base, err := url.Parse(c.BaseURL)
	if err != nil || (c.BaseURL != "" && (base.Host == "" || base.Path != "")) {
		return nil, fmt.Errorf("base address %q: want https://host", c.BaseURL)
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	s.secure = base.Scheme == "https"
	if c.Course == nil || c.Catalog == nil || c.Messages == nil || c.Store == nil || c.Revision == nil {
		return nil, errors.New("a server needs a course, a catalogue, messages, a store and revisions")
	}
	s.addresses = newAddresses(s.Limits.PerMinute)
	s.kept = newAddresses(keptPerSubmission * s.Limits.PerMinute)
	s.added = newAddresses(addedPerSubmission * s.Limits.PerMinute)
	s.codes = newAddresses(codesPerMinute)
	s.programs.addresses = newAddresses(runsPerSubmission * s.Limits.PerMinute)
	s.formatting = make(chan struct{}, runtime.GOMAXPROCS(0))
	s.typing = newAddresses(readingsPerSubmission * s.Limits.PerMinute)
	if s.assets, err = ownAssets(); err != nil {
		return nil, fmt.Errorf("loading the site's own files: %w", err)
	}
	s.exercises = inOrder(c.Course, c.Catalog.All())
	s.prose = renderProse(c.Course, s.exercises)
	if s.rendered, err = s.renderPages(); err != nil {
		return nil, err
	}
	s.handler = s.routes()
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Attach gives the server the queue that judges, once that has started. Until
// then submissions are accepted and wait, and streams look into the store.
func (s *Server) Attach(q Queue) { s.queue.Store(&q) }

// attached returns the queue, or nil while there is none.
func (s *Server) attached() Queue {
	if q := s.queue.Load(); q != nil {
		return *q
	}
	return nil
}

package web

import (
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"manche/content"
	"manche/exercises"
)

const apiPrefix = "/api/"

// handler answers a request, or tells why it cannot.
type handler func(w http.ResponseWriter, r *http.Request) error

// pageHandler answers in a language.
type pageHandler func(w http.ResponseWriter, r *http.Request, lang content.Lang) error

// router gives the addresses of a course to what answers them.
type router struct {
	*Server
	mux *http.ServeMux
}

// raw answers as the handler does: nothing, a stream, or what is compressed already.
func (t router) raw(pattern string, h handler) {
	t.mux.Handle(strings.Replace(pattern, " ", " "+t.Root, 1), t.answering(h))
}

// small compresses what is answered.
func (t router) small(pattern string, h handler) {
	t.mux.Handle(strings.Replace(pattern, " ", " "+t.Root, 1), gzhttp.GzipHandler(t.answering(h)))
}

// routes lists every address of the site.
func (s *Server) routes() http.Handler {
	t := router{s, http.NewServeMux()}
	t.raw("GET /{$}", s.front)
	t.raw("GET /healthz", s.healthz)
	t.raw("GET /readyz", s.readyz)
	t.raw("GET "+assetPrefix, s.assets.serve)
	t.api()
	for _, lang := range content.Langs {
		t.pages(lang)
	}
	return s.believing(s.guarded(s.known(t.mux)))
}

// api lists the addresses for programs, which the pages' scripts are too.
func (t router) api() {
	t.small("POST /api/v1/exercises/{slug}/submissions", t.submit)
	t.raw("PUT /api/v1/exercises/{slug}/draft", t.saveDraft)
	t.small("POST /api/v1/exercises/{slug}/diagnostics", t.diagnose)
	t.small("POST /api/v1/exercises/{slug}/format", t.format)
	t.small("GET /api/v1/submissions/{id}", t.submissionAPI)
	t.raw("GET /api/v1/submissions/{id}/events", t.events)
	t.raw("POST /api/v1/run", t.runAPI)
	t.small("GET /api/v1/verdict.schema.json", schema(t.Schema))
	t.small("GET /api/v1/exercise.schema.json", schema(exercises.Schema))
}

// pages lists the pages in one language.
func (t router) pages(lang content.Lang) {
	page := func(method, path string, h pageHandler) {
		t.small(method+" /"+string(lang)+path, func(w http.ResponseWriter, r *http.Request) error {
			return h(w, r, lang)
		})
	}
	t.raw("GET /"+string(lang)+"/{$}", noSuchPage) // the pages that there are: see known
	t.raw("GET /"+string(lang)+"/lessons/{slug}", noSuchPage)
	page("GET", "/lessons/{slug}/mine", t.mine)
	page("GET", "/lessons/{slug}/activities/{id}", t.answered)
	page("POST", "/lessons/{slug}/activities/{id}", t.answer)
	page("POST", "/lessons/{slug}/activities/{id}/rating", t.rateAnswer)
	page("GET", "/lessons/{slug}/activities/{id}/try", t.try)
	page("GET", "/review", t.review)
	page("POST", "/review", t.reveal)
	page("POST", "/review/rating", t.rateCard)
	page("GET", "/lessons/{slug}/run/{block}", t.program)
	page("POST", "/lessons/{slug}/run/{block}", t.runForm)
	page("GET", "/exercises/{slug}", t.exercise)
	page("POST", "/exercises/{slug}", t.submitForm)
	page("GET", "/submissions/{id}", t.submission)
	page("GET", "/mine", t.mineAtHome)
	page("GET", "/progress", t.progress)
	page("POST", "/progress/code", t.showCode)
	page("POST", "/progress/recover", t.enterCode)
	page("GET", "/progress/export", t.export)
	page("GET", "/progress/delete", t.askToForget)
	page("POST", "/progress/delete", t.forget)
}

// below is the address of a request below the course's root.
func (s *Server) below(r *http.Request) string { return strings.TrimPrefix(r.URL.Path, s.Root) }

func noSuchPage(http.ResponseWriter, *http.Request) error { return notFound() }

// answering turns a handler's error into an answer.
func (s *Server) answering(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// known answers addresses and methods that do not exist in the reader's
// language, where the mux itself has only a line of English.
func (s *Server) known(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d, ok := s.rendered[r.URL.Path]; ok && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
			s.fixed(w, r, d) // most of what is asked for, which needs no search
			return
		}
		miss, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		probe := &headers{header: make(http.Header)}
		miss.ServeHTTP(probe, r)
		if probe.status == http.StatusMethodNotAllowed {
			s.fail(w, r, wrongMethod(r.Method, probe.header.Get("Allow")))
			return
		}
		if lang, ok := content.ParseLang(strings.Trim(s.below(r), "/")); ok {
			http.Redirect(w, r, s.Root+"/"+string(lang)+"/", http.StatusMovedPermanently)
			return
		}
		s.fail(w, r, notFound())
	})
}

// headers is a response of which only the head matters.
type headers struct {
	header http.Header
	status int
}

func (h *headers) Header() http.Header         { return h.header }
func (h *headers) WriteHeader(status int)      { h.status = status }
func (h *headers) Write(b []byte) (int, error) { return len(b), nil }

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

// routes lists every address of the site.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	at := func(pattern string) string { return strings.Replace(pattern, " ", " "+s.Root, 1) }
	raw := func(pattern string, h handler) { mux.Handle(at(pattern), s.answering(h)) }
	small := func(pattern string, h handler) { mux.Handle(at(pattern), gzhttp.GzipHandler(s.answering(h))) }

	raw("GET /{$}", s.front)
	raw("GET /healthz", s.healthz)
	raw("GET /readyz", s.readyz)
	raw("GET "+assetPrefix, s.assets.serve)
	small("POST /api/v1/exercises/{slug}/submissions", s.submit)
	raw("PUT /api/v1/exercises/{slug}/draft", s.saveDraft)
	small("POST /api/v1/exercises/{slug}/diagnostics", s.diagnose)
	small("POST /api/v1/exercises/{slug}/format", s.format)
	small("GET /api/v1/submissions/{id}", s.submissionAPI)
	raw("GET /api/v1/submissions/{id}/events", s.events)
	raw("POST /api/v1/run", s.runAPI)
	small("GET /api/v1/verdict.schema.json", schema(s.Schema))
	small("GET /api/v1/exercise.schema.json", schema(exercises.Schema))

	for _, lang := range content.Langs {
		page := func(method, path string, h pageHandler) {
			small(method+" /"+string(lang)+path, func(w http.ResponseWriter, r *http.Request) error {
				return h(w, r, lang)
			})
		}
		raw("GET /"+string(lang)+"/{$}", noSuchPage) // the pages that there are: see known
		raw("GET /"+string(lang)+"/lessons/{slug}", noSuchPage)
		page("GET", "/lessons/{slug}/mine", s.mine)
		page("GET", "/lessons/{slug}/activities/{id}", s.answered)
		page("POST", "/lessons/{slug}/activities/{id}", s.answer)
		page("POST", "/lessons/{slug}/activities/{id}/rating", s.rateAnswer)
		page("GET", "/lessons/{slug}/activities/{id}/try", s.try)
		page("GET", "/review", s.review)
		page("POST", "/review", s.reveal)
		page("POST", "/review/rating", s.rateCard)
		page("GET", "/lessons/{slug}/run/{block}", s.program)
		page("POST", "/lessons/{slug}/run/{block}", s.runForm)
		page("GET", "/exercises/{slug}", s.exercise)
		page("POST", "/exercises/{slug}", s.submitForm)
		page("GET", "/submissions/{id}", s.submission)
		page("GET", "/mine", s.mineAtHome)
		page("GET", "/progress", s.progress)
		page("POST", "/progress/code", s.showCode)
		page("POST", "/progress/recover", s.enterCode)
		page("GET", "/progress/export", s.export)
		page("GET", "/progress/delete", s.askToForget)
		page("POST", "/progress/delete", s.forget)
	}
	return s.believing(s.guarded(s.known(mux)))
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

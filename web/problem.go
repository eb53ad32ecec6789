package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"manche/content"
	"manche/grader/policy"
	"manche/web/store"
	"manche/web/view"
)

// problem is a request that cannot be answered, and not by our fault: its
// sentences stand in the messages below "problem.".
type problem struct {
	status int
	key    string
	pairs  []any    // parameters of the sentence
	retry  int      // seconds after which it is worth another try, or 0
	allow  string   // the methods that the address does offer, or ""
	files  []string // the files that the exercise expects, or nil
}

func (p *problem) Error() string { return "problem " + p.key }

func notFound() *problem { return &problem{status: http.StatusNotFound, key: "not-found"} }

func wrongMethod(method, allow string) *problem {
	return &problem{status: http.StatusMethodNotAllowed, key: "method", pairs: []any{"method", method}, allow: allow}
}

func crossOrigin() *problem { return &problem{status: http.StatusForbidden, key: "cross-origin"} }

func tooLarge(limit int64) *problem {
	return &problem{status: http.StatusRequestEntityTooLarge, key: "too-large", pairs: []any{"kib", limit >> 10}}
}

func wrongMedia(want string) *problem {
	return &problem{status: http.StatusUnsupportedMediaType, key: "media-type", pairs: []any{"want", want}}
}

func malformed() *problem { return &problem{status: http.StatusBadRequest, key: "malformed"} }

func badForm() *problem { return &problem{status: http.StatusBadRequest, key: "form"} }

func wrongFiles(want []string) *problem {
	return &problem{status: http.StatusUnprocessableEntity, key: "files",
		pairs: []any{"files", strings.Join(want, ", ")}, files: want}
}

func wrongProgram() *problem {
	return &problem{status: http.StatusUnprocessableEntity, key: "program", pairs: []any{"n", maxProgramFiles, "kib", maxProgramFile >> 10}}
}

func longFile(file string) *problem {
	return &problem{status: http.StatusUnprocessableEntity, key: "file-size", pairs: []any{"file", file, "kib", policy.MaxFile >> 10}}
}

func notText(file string) *problem {
	return &problem{status: http.StatusUnprocessableEntity, key: "text", pairs: []any{"file", file}}
}

func keyReused() *problem {
	return &problem{status: http.StatusUnprocessableEntity, key: "reused"}
}

func noAnswer() *problem {
	return &problem{status: http.StatusUnprocessableEntity, key: "answer"}
}

func busy(seconds int) *problem {
	return &problem{status: http.StatusTooManyRequests, key: "busy", pairs: []any{"seconds", seconds}, retry: seconds}
}

// preparing asks for patience with what is not ready yet, which takes some seconds.
func preparing() *problem {
	return &problem{status: http.StatusServiceUnavailable, key: "preparing", retry: 5}
}

// stopping tells that a program was given up because the server stops; the next one
// is there within seconds, if there is one.
func stopping() *problem {
	return &problem{status: http.StatusServiceUnavailable, key: "stopping", retry: 5}
}

// replaced tells that a newer request of the same kind has taken over.
func replaced() *problem { return &problem{status: http.StatusConflict, key: "replaced"} }

func internal() *problem { return &problem{status: http.StatusInternalServerError, key: "internal"} }

// problemOf is the one place where an error becomes a status. What it does not
// know is our fault.
func (s *Server) problemOf(err error) *problem {
	var p *problem
	var size *http.MaxBytesError
	var full *store.ErrBusy
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &size):
		return tooLarge(s.Limits.Body)
	case errors.As(err, &full):
		return busy(seconds(full.RetryAfter))
	case errors.Is(err, store.ErrNotFound):
		return notFound()
	case errors.Is(err, store.ErrReused):
		return keyReused()
	}
	return internal()
}

// fail answers a request that ended in err: as a problem document (RFC 9457)
// below /api/, as a page elsewhere.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := s.problemOf(err)
	if p.status == http.StatusInternalServerError {
		if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
			return // the client left; there is nobody to answer
		}
		s.Log.Error("request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	h := w.Header()
	for _, name := range []string{"ETag", "Content-Encoding", "Set-Cookie"} {
		h.Del(name)
	}
	h.Set("Cache-Control", "no-store")
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retry))
	}
	if p.allow != "" {
		h.Set("Allow", p.allow)
	}
	if strings.HasPrefix(s.below(r), apiPrefix) {
		s.failAPI(w, r, p)
		return
	}
	s.failPage(w, r, p)
}

// problemDocument is an error as programs read it.
type problemDocument struct {
	Type       string   `json:"type"`
	Title      string   `json:"title"`
	Status     int      `json:"status"`
	Detail     string   `json:"detail"`
	RetryAfter int      `json:"retry_after,omitempty"` // seconds
	Expected   []string `json:"expected_files,omitempty"`
}

func (s *Server) failAPI(w http.ResponseWriter, r *http.Request, p *problem) {
	v := s.Messages.In(s.apiLang(r))
	body, err := json.Marshal(problemDocument{
		Type:  "urn:manche:problem:" + p.key,
		Title: v.Say("problem." + p.key + ".title"), Status: p.status,
		Detail: v.Say("problem."+p.key, p.pairs...), RetryAfter: p.retry, Expected: p.files,
	})
	if err != nil { // strings and numbers only
		panic("web: " + err.Error())
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Language", string(v.Lang()))
	w.WriteHeader(p.status)
	w.Write(body) // a client that left hears nothing
}

func (s *Server) failPage(w http.ResponseWriter, r *http.Request, p *problem) {
	v := s.Messages.In(s.pageLang(r))
	page := view.Problem{Status: p.status, Title: v.Say("problem." + p.key + ".title"), Detail: v.Say("problem."+p.key, p.pairs...)}
	body, err := s.render(r.Context(), view.ProblemPage(s.shell(v.Lang(), "", page.Title), page))
	if err != nil {
		http.Error(w, page.Title, p.status)
		return
	}
	writeHTML(w, p.status, body)
}

// pageLang is the language of the address, and where it has none, of the reader.
func (s *Server) pageLang(r *http.Request) content.Lang {
	first, _, _ := strings.Cut(strings.TrimPrefix(s.below(r), "/"), "/")
	if lang, ok := content.ParseLang(first); ok {
		return lang
	}
	return preferred(r)
}

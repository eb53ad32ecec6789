package preview

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"

	"manche/web/view"
)

// page answers with what the site answers; a page says what is to be mended.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	now := s.current.Load()
	r = r.Clone(r.Context())
	for _, name := range []string{"Accept-Encoding", "If-None-Match"} { // what is not the page as we send it
		r.Header.Del(name)
	}
	rec := &recorder{ResponseWriter: w}
	now.Site.ServeHTTP(rec, r)
	if !rec.held {
		return
	}
	body := s.annotate(now, r.URL.Path, rec.status, rec.body.Bytes())
	h := w.Header()
	h.Del("ETag")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Content-Security-Policy", strings.Replace(h.Get("Content-Security-Policy"), "frame-ancestors 'none'", "frame-ancestors 'self'", 1))
	w.WriteHeader(rec.status)
	w.Write(body) // a client that left hears nothing
}

// recorder holds a page back and lets everything else through.
type recorder struct {
	http.ResponseWriter
	decided, held bool
	status        int
	body          bytes.Buffer
}

// WriteHeader implements [http.ResponseWriter].
func (r *recorder) WriteHeader(status int) {
	if r.decided {
		return
	}
	r.decided, r.status = true, status
	r.held = strings.HasPrefix(r.Header().Get("Content-Type"), "text/html")
	if !r.held {
		r.ResponseWriter.WriteHeader(status)
	}
}

// Write implements [http.ResponseWriter].
func (r *recorder) Write(b []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	if r.held {
		return r.body.Write(b)
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets streams flush.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// annotate adds to a page what its author is to see. A fragment has neither head
// nor main content, and gets only what stands inside of it.
func (s *Server) annotate(now *state, path string, status int, page []byte) []byte {
	shell := s.shell(now, "")
	found := place(now.Defects, path, status, page)
	page = found.write(page, func(d view.PlacedDefect) []byte { return draw(view.PreviewDefect(shell, d)) })
	bar := s.bar(now)
	bar.Here, bar.Beside = found.here, besidePath(path)
	page = before(page, "</head>", draw(view.PreviewHead()))
	return before(page, `<main id="main"`, draw(view.PreviewBar(shell, bar)))
}

// before puts text before the first mark in the page, if there is one.
func before(page []byte, mark string, text []byte) []byte {
	head, rest, found := bytes.Cut(page, []byte(mark))
	if !found {
		return page
	}
	return bytes.Join([][]byte{head, text, []byte(mark), rest}, nil)
}

// bar is what every page says of the course.
func (s *Server) bar(now *state) view.Preview {
	return view.Preview{Edition: now.id, Problem: now.problem, Defects: len(now.Defects)}
}

// shell is what stands around what we add, in the author's language.
func (s *Server) shell(now *state, title string) view.Shell {
	shell := now.Site.Shell(s.voice.Lang(), "", title)
	shell.Voice = s.voice // of the program, whatever the course makes of its sentences
	return shell
}

// component is something to draw; what manche/web/view returns is one.
type component interface {
	Render(ctx context.Context, w io.Writer) error
}

// draw returns a component as HTML.
func draw(c component) []byte {
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil { // a buffer takes everything
		panic("preview: " + err.Error())
	}
	return b.Bytes()
}

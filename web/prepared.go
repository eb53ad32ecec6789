package web

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"net"
	"net/http"
)

// Most of what is asked for is a page that is the same for everyone, by somebody
// who has not got it yet. Such an answer is made once, as bytes. Package net/http
// reads the request and decides on all that is about the connection; it writes the
// head of an answer without a body, and the connection puts the page in. To sort and
// write a dozen headers each time, and a body in two calls of the system, would take
// longer than all the rest.

// prepared is what a page adds to the head of an answer, and the body. Only the
// cookie is not the same for everyone.
type prepared struct{ lines, cookie, body []byte }

// prepare makes the answers of a document, in each of its forms, that have these
// headers besides.
func (d *document) prepare(with http.Header) {
	for _, f := range []*form{&d.plain, &d.gzip, &d.brotli} {
		h := maps.Clone(with)
		maps.Copy(h, f.head)
		h["Vary"], h["Content-Length"] = []string{"Accept-Encoding"}, f.length
		var lines bytes.Buffer
		h.Write(&lines) // a buffer takes everything
		f.answer = &prepared{lines: lines.Bytes(), body: f.body}
	}
}

// preparing answers from what is prepared where all of a page is asked for, over a
// connection that can put it in. Everything else is for next.
func (s *Server) preparing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, fixed := s.rendered[r.URL.Path]
		conn, ours := r.Context().Value(connKey{}).(*preparedConn)
		if !fixed || !ours || r.Method != http.MethodGet || conditional(r) {
			next.ServeHTTP(w, r)
			return
		}
		answer := *page.formFor(r).answer
		if cookie := s.reminder(r, page.lang); cookie != "" {
			answer.cookie = []byte("Set-Cookie: " + cookie + "\r\n")
		}
		conn.next = answer
		w.WriteHeader(http.StatusOK)
	})
}

// connKey is the key of a request's connection in its context.
type connKey struct{}

// knowConn lets handlers find the connection.
func knowConn(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, conn)
}

// preparedListener accepts connections that put prepared answers in.
type preparedListener struct{ net.Listener }

// Accept implements net.Listener.
func (l preparedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &preparedConn{Conn: conn}, nil
}

// preparedConn is a connection that puts a page into the next answer which is
// written to it. The goroutine that serves the connection says so, and writes.
type preparedConn struct {
	net.Conn
	next prepared // has no body where nothing is to be put in
}

// noBody is the line in whose place a page comes.
var noBody = []byte("Content-Length: 0\r\n")

// Write sends p: as it is, or the head of an answer without a body as that of the
// page, which it sends with it. The error tells that p is no such head, too.
func (c *preparedConn) Write(p []byte) (int, error) {
	if c.next.body == nil {
		return c.Conn.Write(p)
	}
	page := c.next
	c.next = prepared{}
	head, rest, ok := bytes.Cut(p, noBody)
	if !ok {
		return 0, errors.New("an answer without a body does not say so")
	}
	if _, err := (&net.Buffers{head, page.lines, page.cookie, rest, page.body}).WriteTo(c.Conn); err != nil {
		return 0, err
	}
	return len(p), nil
}

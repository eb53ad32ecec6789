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

// Prepared is what a page adds to the head of an answer, and the body. Only the
// cookie is not the same for everyone. The zero value is none; it is not changed.
type Prepared struct{ lines, cookie, body []byte }

// Preparer is a [Handler] that has the answers to some requests prepared.
type Preparer interface {
	// Prepared returns the answer to a request, or none. It may be called from several
	// goroutines at once.
	Prepared(r *http.Request) Prepared
}

// prepare makes the answers of a document, in each of its forms, that have these
// headers besides.
func (d *document) prepare(with http.Header) {
	for _, f := range []*form{&d.plain, &d.gzip, &d.brotli} {
		h := maps.Clone(with)
		maps.Copy(h, f.head)
		h["Vary"], h["Content-Length"] = []string{"Accept-Encoding"}, f.length
		var lines bytes.Buffer
		h.Write(&lines) // a buffer takes everything
		f.answer = &Prepared{lines: lines.Bytes(), body: f.body}
	}
}

// Prepared implements [Preparer]: for pages that are the same for everyone, where
// all of one is asked for.
func (s *Server) Prepared(r *http.Request) Prepared {
	page, ok := s.rendered[r.URL.Path]
	if !ok || r.Method != http.MethodGet || conditional(r) {
		return Prepared{}
	}
	answer := *page.formFor(r).answer
	if cookie := s.reminder(r, page.lang); cookie != "" {
		answer.cookie = []byte("Set-Cookie: " + cookie + "\r\n")
	}
	return answer
}

// preparedFirst answers by what h has prepared, and else by h. The connections must
// be those of a preparedListener, known by knowConn.
func preparedFirst(h http.Handler) http.Handler {
	p, ok := h.(Preparer)
	if !ok {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := p.Prepared(r)
		if answer.body == nil {
			h.ServeHTTP(w, r)
			return
		}
		r.Context().Value(connKey{}).(*preparedConn).next = answer
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
	next Prepared // has no body where nothing is to be put in
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
	c.next = Prepared{}
	head, rest, ok := bytes.Cut(p, noBody)
	if !ok {
		return 0, errors.New("an answer without a body does not say so")
	}
	if _, err := (&net.Buffers{head, page.lines, page.cookie, rest, page.body}).WriteTo(c.Conn); err != nil {
		return 0, err
	}
	return len(p), nil
}

// CloseWrite ends what is sent, and lets the client go on sending: package net/http
// does so before it closes on who sends too much, whose system would otherwise throw
// away the answer.
func (c *preparedConn) CloseWrite() error {
	half, ok := c.Conn.(interface{ CloseWrite() error })
	if !ok {
		return errors.ErrUnsupported
	}
	return half.CloseWrite()
}

package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
)

const (
	// brotliLevel compresses the editor in some 50 ms; the best level takes
	// twenty times as long for 6 % less, at every start.
	brotliLevel = 9
	// worthwhile is the size in bytes below which compressing saves no packet.
	worthwhile = 1 << 10
)

// document is a body that is the same for everyone, with its compressed forms.
type document struct {
	plain, gzip, brotli form // compressed ones have no body where it is no smaller
}

// form is a body as it travels, with the headers that go with it, made once: the
// values are shared, and never changed.
type form struct {
	body   []byte
	head   http.Header
	length []string  // for Content-Length, where all of it is sent
	answer *Prepared // of pages that are the same for everyone
}

func newForm(media, etag, coding string, body []byte) form {
	f := form{body: body, head: http.Header{"Content-Type": {media}, "Etag": {etag}}, length: []string{strconv.Itoa(len(body))}}
	if coding != "" {
		f.head["Content-Encoding"] = []string{coding}
	}
	return f
}

func etagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + hex.EncodeToString(sum[:12]) + `"`
}

// plainDocument keeps body as it is.
func plainDocument(media string, body []byte) *document {
	return &document{plain: newForm(media, etagOf(body), "", body)}
}

// newDocument compresses body, which it keeps.
func newDocument(media string, body []byte) *document { return newDocumentAs(media, body, nil) }

// newDocumentAs is newDocument where the Brotli form was made already; nil means
// that it was not.
func newDocumentAs(media string, body, br []byte) *document {
	etag := etagOf(body)
	d := &document{plain: newForm(media, etag, "", body)}
	if len(body) < worthwhile || strings.HasPrefix(media, "font/") {
		return d
	}
	if br == nil {
		br = brotlied(body)
	}
	d.gzip, d.brotli = newForm(media, etag, "gzip", gzipped(body)), newForm(media, etag, "br", br)
	return d
}

func gzipped(body []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil { // only for an unknown level
		panic("web: " + err.Error())
	}
	return written(&out, w, body)
}

func brotlied(body []byte) []byte {
	var out bytes.Buffer
	return written(&out, brotli.NewWriterLevel(&out, brotliLevel), body)
}

// written is what a compressor makes of body.
func written(out *bytes.Buffer, w io.WriteCloser, body []byte) []byte {
	_, err := w.Write(body)
	if err := errors.Join(err, w.Close()); err != nil { // a buffer takes everything
		panic("web: " + err.Error())
	}
	return out.Bytes()
}

// serve answers with the document in the smallest form that the client takes,
// or tells that it has it already.
func (d *document) serve(w http.ResponseWriter, r *http.Request) {
	f := d.formFor(r)
	h := w.Header()
	maps.Copy(h, f.head)
	h.Add("Vary", "Accept-Encoding")
	if conditional(r) {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.body))
		return
	}
	h["Content-Length"] = f.length
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		w.Write(f.body) // a client that left hears nothing
	}
}

// formFor is the smallest form that the client takes.
func (d *document) formFor(r *http.Request) *form {
	switch accepted := r.Header.Get("Accept-Encoding"); {
	case d.brotli.body != nil && takes(accepted, "br"):
		return &d.brotli
	case d.gzip.body != nil && takes(accepted, "gzip"):
		return &d.gzip
	}
	return &d.plain
}

// conditional reports whether a request asks for less than the whole, or for
// nothing if that has not changed (RFC 9110, sections 13 and 14).
func conditional(r *http.Request) bool {
	for _, name := range []string{"If-None-Match", "If-Match", "If-Range", "Range"} {
		if _, asked := r.Header[name]; asked {
			return true
		}
	}
	return false // there is no date to ask by
}

// takes reports whether an Accept-Encoding header names the coding and does not
// refuse it (RFC 9110, section 12.5.3).
func takes(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q, ok := strings.CutPrefix(strings.TrimSpace(params), "q=")
		if !ok {
			return true
		}
		weight, err := strconv.ParseFloat(q, 64)
		return err == nil && weight > 0
	}
	return false
}

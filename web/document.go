package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
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
	media, etag         string
	plain, gzip, brotli []byte // compressed ones are nil where they are no smaller
}

// plainDocument keeps body as it is.
func plainDocument(media string, body []byte) *document {
	sum := sha256.Sum256(body)
	return &document{media: media, plain: body, etag: `W/"` + hex.EncodeToString(sum[:12]) + `"`}
}

// newDocument compresses body, which it keeps.
func newDocument(media string, body []byte) *document {
	d := plainDocument(media, body)
	if len(body) < worthwhile || strings.HasPrefix(media, "font/") {
		return d
	}
	d.gzip, d.brotli = compress(body)
	return d
}

func compress(body []byte) (gz, br []byte) {
	var g, b bytes.Buffer
	zw, err := gzip.NewWriterLevel(&g, gzip.BestCompression)
	if err != nil { // only for an unknown level
		panic("web: " + err.Error())
	}
	bw := brotli.NewWriterLevel(&b, brotliLevel)
	_, err1 := zw.Write(body)
	_, err2 := bw.Write(body)
	if err := errors.Join(err1, err2, zw.Close(), bw.Close()); err != nil { // a buffer takes everything
		panic("web: " + err.Error())
	}
	return g.Bytes(), b.Bytes()
}

// serve answers with the document in the smallest form that the client takes,
// or tells that it has it already.
func (d *document) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", d.media)
	h.Set("ETag", d.etag)
	h.Add("Vary", "Accept-Encoding")
	body, accepted := d.plain, r.Header.Get("Accept-Encoding")
	switch {
	case d.brotli != nil && takes(accepted, "br"):
		h.Set("Content-Encoding", "br")
		body = d.brotli
	case d.gzip != nil && takes(accepted, "gzip"):
		h.Set("Content-Encoding", "gzip")
		body = d.gzip
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
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

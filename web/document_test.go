package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"manche/web"
)

func TestConditionalRequest(t *testing.T) {
	s := open(t)
	first := s.get(t, "/fr/lessons/leaks")
	tag := first.header.Get("ETag")
	again := s.get(t, "/fr/lessons/leaks", "If-None-Match", tag)
	if again.status != http.StatusNotModified || again.body != "" {
		t.Errorf("status %d with %d bytes, want 304 without any", again.status, len(again.body))
	}
	if other := s.get(t, "/en/lessons/leaks", "If-None-Match", tag); other.status != http.StatusOK {
		t.Errorf("the other language answers %d to this one's tag", other.status)
	}
}

func TestCompression(t *testing.T) {
	s := open(t, func(c *web.Config) { c.Passing = false })
	plain := s.get(t, "/fr/lessons/leaks").body
	tests := []struct {
		accept, coding string
		read           func(io.Reader) (io.Reader, error)
	}{
		{"gzip, deflate, br", "br", func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil }},
		{"gzip", "gzip", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		{"br;q=0, gzip;q=0.5", "gzip", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		{"", "", func(r io.Reader) (io.Reader, error) { return r, nil }},
	}
	for _, tt := range tests {
		t.Run(tt.accept, func(t *testing.T) {
			got := s.get(t, "/fr/lessons/leaks", "Accept-Encoding", tt.accept)
			if coding := got.header.Get("Content-Encoding"); coding != tt.coding {
				t.Fatalf("coding %q, want %q", coding, tt.coding)
			}
			if length := got.header.Get("Content-Length"); length != strconv.Itoa(len(got.body)) {
				t.Errorf("length %q of %d bytes", length, len(got.body))
			}
			r, err := tt.read(strings.NewReader(got.body))
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if _, err := io.Copy(&b, r); err != nil || b.String() != plain {
				t.Errorf("unpacked to something else (error %v)", err)
			}
		})
	}
}

func TestPagesOfOneReaderAreCompressed(t *testing.T) {
	got := open(t).get(t, "/en/exercises/"+slug, "Accept-Encoding", "gzip")
	if got.header.Get("Content-Encoding") != "gzip" {
		t.Errorf("coding %q, want gzip", got.header.Get("Content-Encoding"))
	}
}

// Everything that a page loads must be there, with its type, for ever.
func TestStaticFiles(t *testing.T) {
	s := open(t)
	page := s.get(t, "/fr/exercises/"+slug).body
	urls := regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(urls) < 4 {
		t.Fatalf("only %d static files on the page", len(urls))
	}
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
	for _, u := range urls {
		got := s.get(t, u[1])
		want := types[u[1][strings.LastIndex(u[1], "."):]]
		if got.status != http.StatusOK || got.header.Get("Content-Type") != want {
			t.Errorf("%s: %d %q, want 200 %q", u[1], got.status, got.header.Get("Content-Type"), want)
		}
		if cache := got.header.Get("Cache-Control"); !strings.Contains(cache, "immutable") {
			t.Errorf("%s: Cache-Control %q", u[1], cache)
		}
	}
}

func TestFontsOfTheStyleSheetAreThere(t *testing.T) {
	s := open(t)
	sheet := regexp.MustCompile(`href="(/static/([^/"]+)/css/[^"]+)"`).FindStringSubmatch(s.get(t, "/fr/").body)
	if sheet == nil {
		t.Fatal("no style sheet on the page")
	}
	css := s.get(t, sheet[1]).body
	fonts := regexp.MustCompile(`url\("\.\./([^"]+)"\)`).FindAllStringSubmatch(css, -1)
	if len(fonts) == 0 {
		t.Fatal("no fonts in the style sheet")
	}
	for _, f := range fonts {
		if got := s.get(t, "/static/"+sheet[2]+"/"+f[1]); got.status != http.StatusOK {
			t.Errorf("%s answers %d", f[1], got.status)
		}
	}
}

package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestFormatAPI(t *testing.T) {
	s := open(t)
	type formatted struct {
		Files map[string]string
		diagnosis
	}
	for _, tt := range []struct {
		code, want string
		faults     int
	}{
		{"package search\nfunc  f( ) {}", "package search\n\nfunc f() {}\n", 0},
		{"package search\nfunc f( {", "package search\nfunc f( {", 1},
	} {
		body := `{"files":{"search.go":` + quoted(tt.code) + `}}`
		got := s.send(t, "POST", "/api/v1/exercises/"+slug+"/format", body, "Content-Type", jsonType, "Accept-Language", "fr")
		f := decode[formatted](t, got.body)
		if got.status != http.StatusOK || f.Files["search.go"] != tt.want || len(f.Diagnostics) < tt.faults || tt.faults == 0 && len(f.Diagnostics) > 0 {
			t.Errorf("%q: %d %+v", tt.code, got.status, f)
		}
		if tt.faults > 0 && !strings.HasPrefix(f.Diagnostics[0].Text, "Go ne comprend pas cette ligne") {
			t.Errorf("it says %q", f.Diagnostics[0].Text)
		}
	}
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, "\n", `\n`) + `"` }

// Without JavaScript the same form comes back with the code laid out, and nothing
// is sent to be judged.
func TestFormatForm(t *testing.T) {
	s := open(t)
	post := func(code string) string {
		got := s.send(t, "POST", "/en/exercises/"+slug, url.Values{"file:search.go": {code}, "format": {"1"}}.Encode(), "Content-Type", form)
		if got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
		return got.body
	}
	page := post("package search\r\nfunc  f( ) {}")
	if !strings.Contains(page, "package search\n\nfunc f() {}\n</textarea>") || !strings.Contains(page, "Formatted the way gofmt does it.") {
		t.Error("the code is not laid out, or nothing says that it is")
	}
	page = post("package search\nfunc f( {")
	if !strings.Contains(page, "func f( {</textarea>") || !strings.Contains(page, "Go cannot read this line") || strings.Contains(page, "http-equiv") {
		t.Error("code with a syntax error does not come back, with what is wrong")
	}
}

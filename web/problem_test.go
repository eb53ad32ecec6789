package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"manche/grader/policy"
	"manche/web"
	"manche/web/store"
)

const jsonType = "application/json"

// problemDoc is what RFC 9457 promises, and our extensions.
type problemDoc struct {
	Type, Title, Detail string
	Status              int
	RetryAfter          int      `json:"retry_after"`
	ExpectedFiles       []string `json:"expected_files"`
}

func TestProblemsOfTheAPI(t *testing.T) {
	s := open(t)
	big := `{"files":{"search.go":"` + strings.Repeat("x", 2<<20) + `"}}`
	tests := []struct {
		name, method, path, body, media string
		status                          int
		kind                            string
	}{
		{"unknown exercise", "POST", "/api/v1/exercises/none/submissions", `{}`, jsonType, 404, "not-found"},
		{"unknown submission", "GET", "/api/v1/submissions/none", "", "", 404, "not-found"},
		{"events of none", "GET", "/api/v1/submissions/none/events", "", "", 404, "not-found"},
		{"unknown address", "GET", "/api/v2/", "", "", 404, "not-found"},
		{"wrong method", "DELETE", "/api/v1/submissions/none", "", "", 405, "method"},
		{"too large", "POST", submissions, big, jsonType, 413, "too-large"},
		{"form", "POST", submissions, "a=b", form, 415, "media-type"},
		{"no media type", "POST", submissions, "{}", "", 415, "media-type"},
		{"not JSON", "POST", submissions, "package search", jsonType, 400, "malformed"},
		{"empty", "POST", submissions, "", jsonType, 400, "malformed"},
		{"an array", "POST", submissions, "[]", jsonType, 400, "malformed"},
		{"twice", "POST", submissions, `{"files":{}}{}`, jsonType, 400, "malformed"},
		{"unknown field", "POST", submissions, `{"files":{"search.go":"x"},"seed":1}`, jsonType, 400, "malformed"},
		{"no files", "POST", submissions, `{}`, jsonType, 422, "files"},
		{"wrong name", "POST", submissions, `{"files":{"main.go":"x"}}`, jsonType, 422, "files"},
		{"one too many", "POST", submissions, `{"files":{"search.go":"x","../x.go":"x"}}`, jsonType, 422, "files"},
		{"a large file", "POST", submissions, `{"files":{"search.go":"` + strings.Repeat("x", policy.MaxFile+1) + `"}}`, jsonType, 422, "file-size"},
		{"NUL", "POST", submissions, `{"files":{"search.go":"a\u0000b"}}`, jsonType, 422, "text"},
		{"not UTF-8", "POST", submissions, "{\"files\":{\"search.go\":\"\xff\"}}", jsonType, 422, "text"},
	}
	for _, tt := range tests {
		for lang, word := range map[string]string{"fr": "Cette|Soumission|Format|Requête|Ce ", "en": "There|This|Too|Unexp|Unread|These"} {
			t.Run(tt.name+" "+lang, func(t *testing.T) {
				got := s.send(t, tt.method, tt.path, tt.body, "Content-Type", tt.media, "Accept-Language", lang)
				if got.status != tt.status || got.header.Get("Content-Type") != "application/problem+json" {
					t.Fatalf("%d %q, want %d as a problem document", got.status, got.header.Get("Content-Type"), tt.status)
				}
				p := decode[problemDoc](t, got.body)
				if p.Status != tt.status || p.Type != "urn:manche:problem:"+tt.kind || p.Detail == "" {
					t.Errorf("document %+v", p)
				}
				if !beginsWithOne(p.Title, word) || got.header.Get("Content-Language") != lang {
					t.Errorf("title %q in %q, want %s", p.Title, got.header.Get("Content-Language"), lang)
				}
				if got.header.Get("Set-Cookie") != "" {
					t.Error("a refused request sets a cookie")
				}
			})
		}
	}
}

func beginsWithOne(s, words string) bool {
	for word := range strings.SplitSeq(words, "|") {
		if strings.HasPrefix(s, word) {
			return true
		}
	}
	return false
}

func TestWrongFilesNameTheExpectedOnes(t *testing.T) {
	got := open(t).send(t, "POST", submissions, `{"files":{"main.go":"x"}}`, "Content-Type", jsonType)
	p := decode[problemDoc](t, got.body)
	if len(p.ExpectedFiles) != 1 || p.ExpectedFiles[0] != "search.go" || !strings.Contains(p.Detail, "search.go") {
		t.Errorf("document %+v", p)
	}
}

func TestAllowedMethodsAreTold(t *testing.T) {
	got := open(t).send(t, "PUT", "/fr/exercises/"+slug, "")
	if got.status != http.StatusMethodNotAllowed || !strings.Contains(got.header.Get("Allow"), "POST") {
		t.Errorf("%d, Allow %q", got.status, got.header.Get("Allow"))
	}
}

func TestProblemsOfPages(t *testing.T) {
	s := open(t)
	tests := []struct {
		name, method, path, body, media string
		status                          int
	}{
		{"unknown lesson", "GET", "/lessons/none", "", "", 404},
		{"unknown exercise", "GET", "/exercises/none", "", "", 404},
		{"unknown submission", "GET", "/submissions/none", "", "", 404},
		{"unknown activity", "GET", "/lessons/leaks/activities/none", "", "", 404},
		{"a prompt is not answered", "POST", "/lessons/leaks/activities/ask", "text=x", form, 404},
		{"unknown address", "GET", "/nowhere", "", "", 404},
		{"wrong method", "POST", "/lessons/leaks", "", form, 405},
		{"too large", "POST", "/exercises/" + slug, "file:search.go=" + strings.Repeat("x", 2<<20), form, 413},
		{"not a form", "POST", "/exercises/" + slug, "{}", jsonType, 415},
		{"wrong file", "POST", "/exercises/" + slug, "file:main.go=x", form, 422},
		{"a large file", "POST", "/exercises/" + slug, "file:search.go=" + strings.Repeat("x", policy.MaxFile+1), form, 422},
		{"NUL", "POST", "/exercises/" + slug, "file:search.go=%00", form, 422},
		{"not UTF-8", "POST", "/exercises/" + slug, "file:search.go=%ff", form, 422},
		{"bad escape", "POST", "/exercises/" + slug, "file:search.go=%zz", form, 400},
		{"no choice", "POST", "/lessons/leaks/activities/what-happens", "", form, 422},
		{"a choice that is none", "POST", "/lessons/leaks/activities/what-happens", "choice=7", form, 422},
		{"neither accept nor reject", "POST", "/lessons/leaks/activities/buffered", "choice=x", form, 422},
		{"no words", "POST", "/lessons/leaks/activities/remedies", "text=+", form, 422},
	}
	for _, tt := range tests {
		for _, lang := range []string{"fr", "en"} {
			t.Run(tt.name+" "+lang, func(t *testing.T) {
				got := s.send(t, tt.method, "/"+lang+tt.path, tt.body, "Content-Type", tt.media, "Accept-Language", "de")
				if got.status != tt.status {
					t.Fatalf("status %d, want %d", got.status, tt.status)
				}
				if !strings.Contains(got.body, `<html lang="`+lang+`">`) || strings.Count(got.body, "<h1") != 1 {
					t.Errorf("not a page in %s", lang)
				}
			})
		}
	}
}

// stopped has a site's clock stand still: what it says of seconds is exact.
func stopped(c *web.Config) {
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	c.Now = func() time.Time { return now }
}

func TestTooManySubmissions(t *testing.T) {
	s := open(t, stopped, func(c *web.Config) { c.Limits.PerMinute = 2 })
	if got := s.submit(t, "package search\n"); got.status != http.StatusAccepted {
		t.Fatalf("the first one: %d", got.status)
	}
	got := s.submit(t, "package search // 2\n")
	if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "30" {
		t.Errorf("%d, Retry-After %q; want 429 after 30 s", got.status, got.header.Get("Retry-After"))
	}
	if p := decode[problemDoc](t, got.body); p.RetryAfter != 30 {
		t.Errorf("document %+v", p)
	}
	page := s.send(t, "POST", "/fr/exercises/"+slug, "file:search.go=x", "Content-Type", form)
	if page.status != http.StatusTooManyRequests || !strings.Contains(page.body, "Un peu de patience") {
		t.Errorf("the page: %d", page.status)
	}
}

// When the store has no room, nothing is accepted and nobody becomes a learner.
func TestNoRoom(t *testing.T) {
	s := open(t, func(c *web.Config) { c.Store = config(t, store.MaxUnfinished(1)).Store })
	s.client.Jar = nil
	if got := s.submit(t, "package search\n"); got.status != http.StatusAccepted {
		t.Fatalf("the first one: %d", got.status)
	}
	got := s.submit(t, "package search // 2\n")
	if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") == "" {
		t.Errorf("%d, Retry-After %q; want 429", got.status, got.header.Get("Retry-After"))
	}
	if cookie := got.header.Get("Set-Cookie"); cookie != "" {
		t.Errorf("a refused submission sets %q", cookie)
	}
}

// A class behind one address begins together: everybody types, and hands in.
func TestAClassMayBeginTogether(t *testing.T) {
	s := open(t)
	class := make([]*site, 60)
	for i := range class {
		class[i] = s.another(t)
		if got := class[i].draft(t, "package search // "+strings.Repeat("x", i)); got.status != http.StatusNoContent {
			t.Fatalf("draft %d: status %d", i+1, got.status)
		}
	}
	for i, one := range class {
		if got := one.submit(t, "package search // "+strings.Repeat("x", i)); got.status != http.StatusAccepted {
			t.Fatalf("submission %d: status %d", i+1, got.status)
		}
	}
}

//go:build linux

package main_test

import (
	"encoding/json"
	"html"
	"net/http"
	"strings"
	"testing"

	"manche/content"
	"manche/exercises"
	"manche/grader"
)

// problemDocument is RFC 9457's, with our own fields.
type problemDocument struct {
	Type       string   `json:"type"`
	Title      string   `json:"title"`
	Status     int      `json:"status"`
	Detail     string   `json:"detail"`
	RetryAfter int      `json:"retry_after"`
	Expected   []string `json:"expected_files"`
}

// wantProblem wants a reply to be the problem document of that key, in the
// language.
func wantProblem(t *testing.T, r reply, status int, key, lang string) problemDocument {
	t.Helper()
	var p problemDocument
	if err := json.Unmarshal(r.body, &p); err != nil {
		t.Errorf("the problem document %q: %v", r.body, err)
	}
	messages, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	title := messages.In(content.Lang(lang)).Say("problem." + key + ".title")
	if r.status != status || p.Status != status || p.Type != "urn:manche:problem:"+key || p.Title != title || p.Detail == "" {
		t.Errorf("got %d with %+v, want %d, key %q, title %q and a detail", r.status, p, status, key, title)
	}
	if got := r.header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("a problem document of type %q", got)
	}
	if got := r.header.Get("Content-Language"); got != lang {
		t.Errorf("a problem document in %q, want %q", got, lang)
	}
	return p
}

func TestServeTurnsBadRequestsAway(t *testing.T) {
	s := launch{}.start(t)
	file := func(name, src string) string {
		raw, err := json.Marshal(map[string]any{"files": map[string]string{name: src}})
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	const asJSON = "application/json"
	unknown := strings.Replace(exercisePath, "fix-the-leak", "no-such-exercise", 1)
	tests := []struct {
		name, method, path, media, body string
		status                          int
		key                             string
	}{
		{"two megabytes", http.MethodPost, exercisePath, asJSON, file("search.go", strings.Repeat("a", 2<<20)), 413, "too-large"},
		{"NUL bytes", http.MethodPost, exercisePath, asJSON, file("search.go", "package search\n\x00"), 422, "text"},
		{"invalid UTF-8", http.MethodPost, exercisePath, asJSON, `{"files":{"search.go":"package search ` + "\xff" + `"}}`, 422, "text"},
		{"another file name", http.MethodPost, exercisePath, asJSON, file("main.go", "package search"), 422, "files"},
		{"a path out of the folder", http.MethodPost, exercisePath, asJSON, file("../search.go", "package search"), 422, "files"},
		{"the checks", http.MethodPost, exercisePath, asJSON, file("search_test.go", "package search"), 422, "files"},
		{"no file", http.MethodPost, exercisePath, asJSON, `{"files":{}}`, 422, "files"},
		{"unknown exercise", http.MethodPost, unknown, asJSON, file("search.go", "package search"), 404, "not-found"},
		{"not an object", http.MethodPost, exercisePath, asJSON, `["search.go"]`, 400, "malformed"},
		{"half an object", http.MethodPost, exercisePath, asJSON, `{"files":{"search.go":`, 400, "malformed"},
		{"unknown field", http.MethodPost, exercisePath, asJSON, `{"files":{},"verdict":"passed"}`, 400, "malformed"},
		{"not JSON", http.MethodPost, exercisePath, "text/plain", "package search", 415, "media-type"},
		{"unknown submission", http.MethodGet, "/api/v1/submissions/aaaaaaaaaaaaaaaaaaaaaaaaaa", "", "", 404, "not-found"},
		{"unknown stream", http.MethodGet, "/api/v1/submissions/aaaaaaaaaaaaaaaaaaaaaaaaaa/events", "", "", 404, "not-found"},
		{"wrong method", http.MethodDelete, exercisePath, "", "", 405, "method"},
	}
	for _, tt := range tests {
		for _, lang := range []string{"fr", "en"} {
			t.Run(tt.name+" "+lang, func(t *testing.T) {
				r := s.anybody().speaking(lang).do(t, tt.method, tt.path, tt.media, []byte(tt.body))
				p := wantProblem(t, r, tt.status, tt.key, lang)
				if tt.key == "files" && (len(p.Expected) != 1 || p.Expected[0] != "search.go") {
					t.Errorf("the files that are expected: %q, want search.go", p.Expected)
				}
			})
		}
	}
}

// A page in a language that the course does not speak exists for nobody, and
// says so in the reader's own.
func TestServeKnowsTwoLanguages(t *testing.T) {
	s := launch{}.start(t)
	for _, lang := range []string{"fr", "en"} {
		c := s.anybody().speaking(lang)
		form := "file:search.go=package+search"
		for _, r := range []reply{
			c.get(t, "/de/"), c.get(t, "/de/exercises/fix-the-leak"),
			c.do(t, http.MethodPost, "/de/exercises/fix-the-leak", "application/x-www-form-urlencoded", []byte(form)),
		} {
			if r.status != http.StatusNotFound || !strings.Contains(string(r.body), `<html lang="`+lang+`"`) {
				t.Errorf("a page in German for a reader of %s: %d, %.200s, want 404 in %s", lang, r.status, r.body, lang)
			}
		}
	}
}

// hostile are programs that are judged, whatever they do: none is an error of
// ours, and none harms the next.
var hostile = []struct {
	name    string
	files   exercises.Files
	outcome grader.Outcome
	kind    grader.Kind
}{
	{"does not compile", answer("", "", "return lookup()"), grader.Refused, grader.KindBuild},
	{"is not Go", exercises.Files{"search.go": []byte("Bonjour !\n")}, grader.Refused, grader.KindBuild},
	{"imports what is not allowed", answer("\t\"net/http\"\n", "var _ = http.Get", "return lookup(), nil"), grader.Refused, grader.KindPolicy},
	{"leaves with a forged report", answer("\t\"fmt\"\n\t\"os\"\n", "func init() {\n\tfmt.Println(\"PASS\")\n\tos.Exit(0)\n}\n",
		"return lookup(), nil"), grader.Refused, grader.KindPolicy},
	{"dies after a forged report", answer("\t\"fmt\"\n", "func init() {\n\tfmt.Println(\"PASS\\nok  \\tmanche/search\\t0.01s\")\n\tpanic(\"over\")\n}\n",
		"return lookup(), nil"), grader.Failed, grader.KindPanic},
	{"never returns", answer("", "", "for limit == time.Minute {\n\t}\n\treturn lookup(), nil"), grader.Failed, grader.KindTimeout},
	{"forks", answer("\t\"os/exec\"\n", "", "for {\n\t\texec.Command(\"/proc/self/exe\").Start()\n\t}"), grader.Refused, grader.KindPolicy},
	{"eats memory", answer("", "", "var eaten [][]byte\n\tfor {\n\t\tmore := make([]byte, 16<<20)\n\t\tfor i := 0; i < len(more); i += 4096 {\n\t\t\tmore[i] = 1\n\t\t}\n\t\teaten = append(eaten, more)\n\t}"),
		grader.Failed, grader.KindResource},
	{"starts goroutines", answer("", "", "for {\n\t\tgo func() { select {} }()\n\t}"), grader.Failed, grader.KindResource},
	{"floods its output", answer("\t\"fmt\"\n", "", "for {\n\t\tfmt.Println(\"PASS\")\n\t}"), grader.Failed, grader.KindResource},
}

func TestServeStandsHostilePrograms(t *testing.T) {
	s := startServer(t)
	t.Run("programs", func(t *testing.T) {
		for _, h := range hostile {
			t.Run(h.name, func(t *testing.T) {
				t.Parallel()
				judgeHostile(t, s, h.files, h.outcome, h.kind)
			})
		}
	})
	c := s.anybody()
	if v := c.verdict(t, c.accepted(t, bundle(t).Reference).ID); v.Outcome != grader.Passed {
		t.Errorf("afterwards the reference is %q, want passed: %+v", v.Outcome, v.Findings)
	}
}

// codeMarks takes away how a sentence and a page mark what is code.
var codeMarks = strings.NewReplacer("`", "", "<code>", "", "</code>", "")

// judgeHostile sends a program in both languages, and reads its verdict's page
// in both.
func judgeHostile(t *testing.T, s *server, files exercises.Files, outcome grader.Outcome, kind grader.Kind) {
	t.Helper()
	for i, lang := range []string{"fr", "en"} {
		c := s.anybody().speaking(lang)
		status, sub := c.submit(t, files, false)
		if want := []int{http.StatusAccepted, http.StatusOK}[i]; status != want {
			t.Errorf("%s: answered by %d, want %d", lang, status, want)
		}
		v := c.verdict(t, sub.ID)
		if v.Outcome != outcome || len(v.Findings) == 0 || v.Findings[0].Kind != kind {
			t.Errorf("%s: got %s, want %q with %q first", lang, v.Canonical(), outcome, kind)
			return
		}
		page := c.get(t, "/"+lang+"/submissions/"+sub.ID)
		text := typographic.Replace(html.UnescapeString(codeMarks.Replace(string(page.body))))
		if want := typographic.Replace(codeMarks.Replace(v.Findings[0].Text[lang])); page.status != http.StatusOK || want == "" || !strings.Contains(text, want) {
			t.Errorf("%s: the page answers %d without the sentence %q", lang, page.status, want)
		}
	}
}

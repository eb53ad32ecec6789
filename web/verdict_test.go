package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"manche/grader"
)

// starter returns the code that the exercise begins with.
func (s *site) starter(t *testing.T) string {
	t.Helper()
	ex, ok := s.catalog.Lookup(slug)
	if !ok {
		t.Fatal("no exercise")
	}
	return string(ex.Starter.Files["search.go"])
}

// The whole way without JavaScript: form, waiting page, verdict.
func TestFormWithoutJavaScript(t *testing.T) {
	s := open(t)
	code := strings.ReplaceAll(s.starter(t), "\n", "\r\n") // as browsers send it
	got := s.send(t, "POST", "/fr/exercises/"+slug, url.Values{"file:search.go": {code}}.Encode(), "Content-Type", form)
	path, _, _ := strings.Cut(got.header.Get("Location"), "#")
	if got.status != http.StatusSeeOther || !strings.HasPrefix(path, "/fr/submissions/") {
		t.Fatalf("%d to %q", got.status, got.header.Get("Location"))
	}
	waiting := s.get(t, path).body
	for _, want := range []string{`<noscript><meta http-equiv="refresh" content="2"></noscript>`, "En file d’attente", `data-pending="/api/v1/submissions/`, "answer &lt;- lookup()"} {
		if !strings.Contains(waiting, want) {
			t.Errorf("no %q while waiting", want)
		}
	}
	s.judging(t, always(failed()))
	s.finished(t, path[strings.LastIndex(path, "/")+1:])
	done := s.get(t, path).body
	if strings.Contains(done, "http-equiv") || strings.Contains(done, "data-pending") {
		t.Error("the finished page still waits")
	}
	if !strings.Contains(done, "La goroutine reste là.") || strings.Contains(done, "\r") {
		t.Error("the verdict is not on the page, or the code kept its line ends")
	}
}

func TestVerdictInWords(t *testing.T) {
	s := open(t)
	s.judging(t, always(failed()))
	id := decode[status](t, s.submit(t, s.starter(t)).body).ID
	s.finished(t, id)
	tests := map[string][]string{
		"fr": {
			"Pas encore", "La goroutine reste là.", "Fuite de goroutine", "Sans fuite", "non vérifié",
			"le détecteur de data races n’existe pas sur cette machine", "Bloquée sur un envoi",
			"Version de Go", "une mesure continue de la mémoire", "unheard-of",
		},
		"en": {
			"Not yet", "The goroutine stays.", "Goroutine leak", "No leak", "not checked",
			"there is no race detector on this machine", "Blocked sending", "Go version", "continuous memory accounting",
		},
	}
	for lang, wants := range tests {
		got := s.get(t, "/"+lang+"/submissions/"+id+"?fragment=1").body
		wants = append(wants,
			`data-verdict-heading tabindex="-1"`, `data-finding-line="16" data-finding-file="search.go" data-finding-column="3" data-finding-severity="error"`,
			`data-finding-text>`, `<mark class="line"><span class="n" aria-hidden="true">16</span>`, "goroutine 9 [chan send]: &lt;search.go:16&gt;",
		)
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in the verdict", lang, want)
			}
		}
		if strings.Contains(got, "<html") || strings.Contains(got, "not_asked") {
			t.Errorf("%s: the fragment holds more than the verdict", lang)
		}
	}
}

// The quotation is the learner's own line with two around it, and no more.
func TestQuotation(t *testing.T) {
	s := open(t)
	s.judging(t, always(failed()))
	id := decode[status](t, s.submit(t, s.starter(t)).body).ID
	s.finished(t, id)
	got := s.get(t, "/fr/submissions/"+id+"?fragment=1").body
	pre := regexp.MustCompile(`(?s)<pre class="quote".*?</pre>`).FindString(got)
	var numbers []string
	for _, m := range regexp.MustCompile(`aria-hidden="true">(\d+)<`).FindAllStringSubmatch(pre, -1) {
		numbers = append(numbers, m[1])
	}
	if strings.Join(numbers, " ") != "14 15 16 17 18" {
		t.Errorf("lines %v", numbers)
	}
	text := unescape(regexp.MustCompile(`<[^>]+>`).ReplaceAllString(pre, ""))
	if want := "16\t\tanswer <- lookup()\n"; !strings.Contains(text, want) {
		t.Errorf("quoted %q, want %q in it", text, want)
	}
}

func TestPassedShowsTheOtherRightAnswers(t *testing.T) {
	s := open(t)
	s.judging(t, always(passed()))
	id := decode[status](t, s.submit(t, s.starter(t)).body).ID
	s.finished(t, id)
	got := s.get(t, "/fr/submissions/"+id+"?fragment=1").body
	if !strings.Contains(got, "Réussi") || strings.Count(got[strings.Index(got, `class="rights"`):], "<li>") < 2 {
		t.Error("the right answers are not shown")
	}
}

func TestNoBreakSpaceIsPointedOut(t *testing.T) {
	s := open(t)
	v := failed()
	v.Outcome, v.Findings = grader.Refused, nil
	v.Axes[grader.Builds] = grader.Standing{State: grader.AxisFailed}
	s.judging(t, always(v))
	id := decode[status](t, s.submit(t, "package search\n\nvar\u00a0x int\n").body).ID
	s.finished(t, id)
	if got := s.get(t, "/en/submissions/"+id+"?fragment=1").body; !strings.Contains(got, "Line 3 of search.go contains a no-break space") {
		t.Errorf("not pointed out:\n%s", got)
	}
}

// Whatever a learner writes is text on the page, never markup.
func TestLearnersCodeIsEscaped(t *testing.T) {
	s := open(t)
	s.judging(t, always(failed()))
	code := strings.Repeat("//\n", 15) + "</textarea></code><script>alert(1)</script> `\n"
	id := decode[status](t, s.submit(t, code).body).ID
	s.finished(t, id)
	if got := s.get(t, "/fr/submissions/"+id).body; strings.Contains(got, "<script>alert") {
		t.Error("the code is markup on the page")
	}
}

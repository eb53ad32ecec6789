package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"manche/exercises"
	"manche/grader"
	"manche/web"
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
	for _, want := range []string{refreshing(path + "?look=1#verdict"), "En file d’attente", `data-pending="/api/v1/submissions/`, "answer &lt;- lookup()"} {
		if !strings.Contains(waiting, want) {
			t.Errorf("no %q while waiting", want)
		}
	}
	// Each look leads to an address that differs from its own; a count that nobody
	// can have reached begins again.
	for look, next := range map[string]string{"1": "2", "899": "900", "900": "1", "0": "1", "-7": "1", "99999999999999999999": "1", `"><b>`: "1"} {
		page := s.get(t, path+"?look="+url.QueryEscape(look)).body
		if want := refreshing(path + "?look=" + next + "#verdict"); !strings.Contains(page, want) {
			t.Errorf("look %s: no %s", look, want)
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

// refreshing is what makes a browser without JavaScript go to the address.
func refreshing(address string) string {
	return `<noscript><meta http-equiv="refresh" content="2; url=` + address + `"></noscript>`
}

func TestVerdictInWords(t *testing.T) {
	s := open(t)
	s.judging(t, always(failed()))
	id := decode[status](t, s.submit(t, s.starter(t)).body).ID
	s.finished(t, id)
	tests := map[string][]string{
		"fr": {
			"Pas encore", "La goroutine reste là.", "Fuite de goroutine", "Sans fuite", "non vérifié",
			"le détecteur de data races n’existe pas sur cette machine", "<code>lookup</code> attend",
			"Version de Go", "une mesure continue de la mémoire", "unheard-of",
		},
		"en": {
			"Not yet", "The goroutine stays.", "Goroutine leak", "No leak", "not checked",
			"there is no race detector on this machine", "<code>lookup</code> waits", "Go version", "continuous memory accounting",
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
		if key := missing.FindString(got); key != "" {
			t.Errorf("%s: the verdict says %q", lang, key)
		}
	}
}

// The quotation is the learner's own line with two around it, without the
// indentation that they share, and no more.
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
	if want := "15go func() {\n16\tanswer <- lookup()\n17}()\n"; !strings.Contains(text, want) {
		t.Errorf("quoted %q, want %q in it", text, want)
	}
}

// A line that begins inside a literal keeps its white space, and an empty line
// has none to share.
func TestQuotationKeepsLiterals(t *testing.T) {
	tests := []struct{ name, around, want string }{
		{"literal", "\t\tx := `\n\t\tspaced\n\t\t`", "2\t\tx := `\n3\t\tspaced\n4\t\t`"},
		{"empty line", "\t\tx()\n\n\t\t\ty()", "2x()\n3\n4\ty()"},
		{"spaces and tabs", "\t x()\n\t\ty()\n\tz()", "2 x()\n3\ty()\n4z()"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			v := failed()
			v.Findings[0].Line = 3
			s.judging(t, always(v))
			id := decode[status](t, s.submit(t, "\n"+tt.around+"\n").body).ID
			s.finished(t, id)
			pre := regexp.MustCompile(`(?s)<pre class="quote".*?</pre>`).FindString(s.get(t, "/fr/submissions/"+id+"?fragment=1").body)
			text := unescape(regexp.MustCompile(`<[^>]+>`).ReplaceAllString(pre, ""))
			if !strings.Contains(text, tt.want) {
				t.Errorf("quoted %q, want %q in it", text, tt.want)
			}
		})
	}
}

// What only warns comes last, in words and not in red; a known wrong answer is
// explained as such, and no explanation twice.
func TestRemarksAndExplanations(t *testing.T) {
	s := open(t)
	v := failed()
	remark, again := v.Findings[0], v.Findings[0]
	remark.Kind, remark.Severity, remark.Resembles, remark.Line = grader.KindVet, grader.SeverityWarning, "", 20
	remark.Text = map[string]string{"fr": "Le verrou est copié.", "en": "The lock is copied."}
	again.Line = 17
	other := again
	other.Resembles, other.Line = "", 18
	v.Findings = []grader.Finding{remark, v.Findings[0], again, other}
	s.judging(t, always(v))
	id := decode[status](t, s.submit(t, s.starter(t)).body).ID
	s.finished(t, id)
	got := s.get(t, "/en/submissions/"+id+"?fragment=1").body
	order := regexp.MustCompile(`(?s)finding-error.*Goroutine leak.*did not count in the verdict.*finding-warning.*class="badge">.*Remark.*The lock is copied`)
	if !order.MatchString(got) {
		t.Error("the remark does not come after what fails, or is not called one")
	}
	if strings.Contains(got, "Static analysis") {
		t.Error("the remark is called by its kind")
	}
	for text, want := range map[string]int{"This is still the code you started with": 1, "has ended, yet its goroutine": 1} {
		if n := strings.Count(got, text); n != want {
			t.Errorf("%q stands %d times, want %d", text, n, want)
		}
	}
}

// single is the catalogue with one exercise only.
type single struct{ *exercises.Catalog }

func (c single) All() []*exercises.Exercise {
	ex, _ := c.Lookup(slug)
	return []*exercises.Exercise{ex}
}

// A passed exercise leads on, and shows the other ways.
func TestPassedLeadsOn(t *testing.T) {
	s := open(t, func(c *web.Config) { c.Catalog = single{c.Catalog.(*exercises.Catalog)} })
	s.judging(t, always(passed()))
	id := decode[status](t, s.submit(t, s.starter(t)).body).ID
	s.finished(t, id)
	got := s.get(t, "/fr/submissions/"+id+"?fragment=1").body
	if !strings.Contains(got, "Réussi") || strings.Count(got[strings.Index(got, `class="rights"`):], "<li>") < 2 {
		t.Error("the right answers are not shown")
	}
	for _, want := range []string{"href=\"/fr/lessons/leaks\">Retour à la leçon\u00a0: Les fuites<", `href="/fr/#lessons"`, "<code>done-channel</code>"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in the verdict", want)
		}
	}
}

// The next one is the next on the lesson's page, whatever its name.
func TestPassedLeadsToTheNextExercise(t *testing.T) {
	s := open(t)
	s.judging(t, always(passed()))
	id := decode[status](t, s.submit(t, s.starter(t)).body).ID
	s.finished(t, id)
	got := s.get(t, "/en/submissions/"+id+"?fragment=1").body
	if !strings.Contains(got, `<a class="button" href="/en/exercises/blocked-receiver">Next exercise: Work done, workers waiting</a>`) {
		t.Error("no way to the next exercise")
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
	if got := s.get(t, "/en/submissions/"+id+"?fragment=1").body; !strings.Contains(got, "Line 3 of search.go contains a no-break space") {
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

// Right results that do not overlap are not called wrong.
func TestSequentialWorkIsNoWrongResult(t *testing.T) {
	s := open(t)
	v := failed()
	v.Findings[0].Kind, v.Findings[0].Axis = grader.KindTest, grader.Concurrent
	s.judging(t, always(v))
	id := decode[status](t, s.submit(t, s.starter(t)).body).ID
	s.finished(t, id)
	got := s.get(t, "/en/submissions/"+id+"?fragment=1").body
	if !strings.Contains(got, "Not really concurrent") || strings.Contains(got, "Wrong result") {
		t.Error("the finding does not bear the name of its axis")
	}
}

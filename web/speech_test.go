package web_test

import (
	"strings"
	"testing"

	"manche/grader"
)

// A sentence that has been mended is mended for those who were told it before; one
// that is known no longer stays as it was told.
func TestVerdictsAreToldInTheWordsOfNow(t *testing.T) {
	s := open(t)
	v := failed()
	old := racy().Verdict.Findings[0]
	old.File, old.Text = "search.go", map[string]string{"fr": "Ancienne phrase.", "en": "Old words."}
	gone := old
	gone.Key, gone.Text = "none.such", map[string]string{"fr": "Phrase perdue.", "en": "Lost words."}
	v.Findings = []grader.Finding{old, gone}
	s.judging(t, always(v))
	first := decode[status](t, s.submit(t, s.starter(t)).body)
	s.finished(t, first.ID)
	again := s.submit(t, s.starter(t)) // recalled
	for where, got := range map[string]string{
		"the page":     s.get(t, "/en/submissions/"+first.ID).body,
		"the API":      s.get(t, first.URL).body,
		"the events":   s.get(t, first.URL+"/events").body,
		"the recalled": again.body,
		"the export":   s.get(t, "/en/progress/export").body,
	} {
		if strings.Contains(got, "Old words.") || !strings.Contains(got, "Data race on ") {
			t.Errorf("%s has the old sentence", where)
		}
		if !strings.Contains(got, "Lost words.") {
			t.Errorf("%s has lost a sentence", where)
		}
	}
}

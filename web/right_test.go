package web_test

import (
	"strings"
	"testing"

	"manche/exercises"
	"manche/lessons"
	"manche/web"
)

// The code of the right answers is shown to those who have one, and to nobody else.
func TestRightAnswersComeAfterPassing(t *testing.T) {
	s := open(t)
	ex, _ := s.catalog.Lookup(slug)
	s.judging(t, always(passed()))
	id := decode[status](t, s.submit(t, string(ex.Right[0].Files["search.go"])+"\n").body).ID
	s.finished(t, id)
	page := s.get(t, "/fr/submissions/"+id).body
	if got := strings.Count(page, `data-right-file="search.go"`); got != 1+len(ex.Right) {
		t.Errorf("%d files of right answers, want %d", got, 1+len(ex.Right))
	}
	for _, want := range []string{
		lessons.Highlight(string(ex.Reference["search.go"])), lessons.Highlight(string(ex.Right[1].Files["search.go"])),
		"Le corrigé", "La comparer à la mienne",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %.60q on the page", want)
		}
	}
	if got := strings.Count(page, "C’est la vôtre"); got != 1 {
		t.Errorf("%d answers are the learner's own, want 1", got)
	}
}

func TestRightAnswersAreNotGivenAway(t *testing.T) {
	s := open(t)
	s.judging(t, always(failed()))
	id := decode[status](t, s.submit(t, s.starter(t)).body).ID
	s.finished(t, id)
	for _, path := range []string{"/en/exercises/" + slug, "/en/submissions/" + id, "/en/submissions/" + id + "?fragment=1"} {
		if page := s.get(t, path).body; strings.Contains(page, "data-right-file") {
			t.Errorf("%s shows a right answer", path)
		}
	}
}

// pointing is the catalogue with other ways from findings to lessons.
type pointing struct {
	*exercises.Catalog
	why []exercises.Why
}

func (p pointing) Lookup(slug string) (*exercises.Exercise, bool) {
	ex, ok := p.Catalog.Lookup(slug)
	if !ok {
		return nil, false
	}
	changed := *ex
	changed.Why = p.why
	return &changed, true
}

func (p pointing) All() (all []*exercises.Exercise) {
	for _, ex := range p.Catalog.All() {
		changed, _ := p.Lookup(ex.Slug)
		all = append(all, changed)
	}
	return all
}

// A finding leads to the section of the lesson that tells why it matters, if the
// exercise declares one that there is.
func TestFindingsLeadToTheLesson(t *testing.T) {
	for _, tt := range []struct {
		why  exercises.Why
		want bool
	}{
		{exercises.Why{Finding: "leak", Section: "a-wait"}, true},
		{exercises.Why{Finding: "race", Section: "a-wait"}, false},
		{exercises.Why{Finding: "leak", Section: "nowhere"}, false},
	} {
		s := open(t, func(c *web.Config) {
			c.Catalog = pointing{c.Catalog.(*exercises.Catalog), []exercises.Why{tt.why}}
		})
		s.judging(t, always(failed()))
		id := decode[status](t, s.submit(t, s.starter(t)).body).ID
		s.finished(t, id)
		page := s.get(t, "/en/submissions/"+id).body
		if got := strings.Contains(page, `<a href="/en/lessons/leaks#a-wait">Why this matters: A wait</a>`); got != tt.want {
			t.Errorf("%+v: a link to the section: %t, want %t", tt.why, got, tt.want)
		}
	}
}

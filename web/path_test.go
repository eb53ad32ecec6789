package web_test

import (
	"strings"
	"testing"
)

// mineAtHome is what the front page is told.
type mineAtHome struct {
	Due                int
	Next               *struct{ Href, Text string }
	Lessons, Exercises map[string]string
}

func (s *site) home(t *testing.T, lang string) mineAtHome {
	t.Helper()
	return decode[mineAtHome](t, s.get(t, "/"+lang+"/mine").body)
}

func TestWhereToGoOn(t *testing.T) {
	s := open(t)
	if got := s.home(t, "fr"); got.Next != nil || len(got.Lessons) != 0 || len(got.Exercises) != 0 {
		t.Errorf("before: got %+v", got)
	}
	s.post(t, lesson+"/activities/what-happens", "choice=0")
	got := s.home(t, "en")
	if got.Next == nil || got.Next.Href != "/en/lessons/leaks#buffered" || got.Next.Text != "Carry on: Leaks" || got.Lessons["leaks"] != "1 of 5 questions answered" {
		t.Errorf("a lesson begun: got %+v, next %+v", got, got.Next)
	}
	for _, answer := range []string{"buffered choice=reject", "careless choice=reject", "remedies text=a", "collected text=b"} {
		id, body, _ := strings.Cut(answer, " ")
		s.post(t, lesson+"/activities/"+id, body)
	}
	if got := s.home(t, "fr"); got.Next == nil || got.Next.Href != "/fr/exercises/fix-the-leak" {
		t.Errorf("a lesson done: next %+v", got.Next)
	}
	s.judging(t, always(failed()))
	s.finished(t, decode[status](t, s.submit(t, "package search\n").body).ID)
	if got := s.home(t, "fr"); got.Next.Href != "/fr/exercises/fix-the-leak" || got.Exercises[slug] != "en cours" {
		t.Errorf("an exercise begun: got %+v, next %+v", got, got.Next)
	}
}

func TestNextAfterAPass(t *testing.T) {
	s := open(t)
	s.judging(t, always(passed()))
	s.finished(t, decode[status](t, s.submit(t, "package search\n").body).ID)
	got := s.home(t, "fr")
	if got.Exercises[slug] != "réussi" || got.Next == nil || got.Next.Href == "/fr/exercises/fix-the-leak" {
		t.Errorf("got %+v, next %+v", got, got.Next)
	}
	page := s.get(t, "/fr/progress").body
	wants(t, page, `href="`+got.Next.Href+`"`, "à faire", "réussi", "1 essai", "dernier verdict", "Le chemin")
}

func TestAttempts(t *testing.T) {
	s := open(t)
	wants(t, s.get(t, "/fr/exercises/"+slug).body, "no: class=\"attempts\"")
	s.judging(t, always(failed()))
	var ids []string
	for _, code := range []string{"package search\n", "package search\n\n"} {
		id := decode[status](t, s.submit(t, code).body).ID
		s.finished(t, id)
		ids = append(ids, id)
	}
	wants(t, s.get(t, "/fr/exercises/"+slug).body, "Vos derniers essais (2)", `href="/fr/submissions/`+ids[0]+`"`, `href="/fr/submissions/`+ids[1]+`"`, "Pas encore", "UTC</time>", "no: celui-ci")
	wants(t, s.get(t, "/en/submissions/"+ids[0]).body, "Your latest attempts (2)", "Not yet", "this one")
	wants(t, s.another(t).get(t, "/fr/submissions/"+ids[0]).body, "no: class=\"attempts\"") // not the reader's own
}

package web_test

import (
	"net/http"
	"strings"
	"testing"

	"manche/web"
)

const lesson = "/fr/lessons/leaks"

func TestAnswerAndCompare(t *testing.T) {
	tests := []struct {
		name, id, body string
		wants          []string
		hides          string
	}{
		{"right prediction", "what-happens", "choice=1", []string{"Bien vu", "Une fuite.", "La prédiction expliquée."}, "La bonne réponse"},
		{"wrong prediction", "what-happens", "choice=0", []string{"Ce n’est pas cela", "Rien.", "La bonne réponse", "Une fuite."}, "Bien vu"},
		{"good judgement", "buffered", "choice=accept&text=une+place", []string{"Vous avez bien jugé", "une place", "Le code est sain.", "Le jugement expliqué."}, "trompé"},
		{"sound code rejected", "buffered", "choice=reject", []string{"Fausse alerte", "Le code est sain."}, "trompé"},
		{"broken code accepted", "careless", "choice=accept", []string{"trompé"}, "Fausse alerte"},
		{"recall", "remedies", "text=%3Cb%3Ebuffer%3C%2Fb%3E", []string{"&lt;b&gt;buffer&lt;/b&gt;", "Une place, ou un signal."}, "<b>"},
		{"explanation", "collected", "text=la+pile", []string{"la pile", "Elle compte comme vivante."}, "Bien vu"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			path := lesson + "/activities/" + tt.id
			posted := s.send(t, "POST", path, tt.body, "Content-Type", form)
			if posted.status != http.StatusSeeOther || posted.header.Get("Location") != path {
				t.Fatalf("%d to %q", posted.status, posted.header.Get("Location"))
			}
			got := s.get(t, path).body
			for _, want := range append(tt.wants, `href="`+lesson+"#"+tt.id+`"`) {
				if !strings.Contains(got, want) {
					t.Errorf("no %q on the page", want)
				}
			}
			if strings.Contains(got, tt.hides) {
				t.Errorf("%q is on the page", tt.hides)
			}
			if part := s.get(t, path+"?fragment=1").body; strings.Contains(part, "<html") || !strings.Contains(part, `data-answered="`+tt.id+`"`) {
				t.Error("the fragment is not the answered part alone")
			}
			fetched := s.send(t, "POST", path, tt.body+"&fragment=1", "Content-Type", form)
			if fetched.status != http.StatusSeeOther || fetched.header.Get("Location") != path+"?fragment=1" {
				t.Errorf("fetched: %d to %q", fetched.status, fetched.header.Get("Location"))
			}
		})
	}
}

// "Prove it" opens the lesson's code in the editor of its exercise.
func TestProveIt(t *testing.T) {
	s := open(t)
	path := lesson + "/activities/careless"
	s.send(t, "POST", path, "choice=reject", "Content-Type", form)
	if got := s.get(t, path).body; !strings.Contains(got, `href="`+path+`/try"`) {
		t.Error("no way to the editor")
	}
	got := s.get(t, path+"/try")
	if got.status != http.StatusOK || !strings.Contains(got.body, "\tgo func() { answer &lt;- lookup() }()\n") {
		t.Errorf("status %d, or the lesson's code is not in the editor", got.status)
	}
	if !strings.Contains(got.body, `action="/fr/exercises/fix-the-leak"`) {
		t.Error("the form does not lead to the exercise")
	}
	if got := s.get(t, lesson+"/activities/buffered/try"); got.status != http.StatusNotFound {
		t.Errorf("code of no exercise: %d, want 404", got.status)
	}
}

// The answer key is not to be had without answering.
func TestNoAnswerWithoutAnswering(t *testing.T) {
	got := open(t).get(t, lesson+"/activities/what-happens")
	if got.status != http.StatusSeeOther || got.header.Get("Location") != lesson+"#what-happens" || strings.Contains(got.body, "expliquée") {
		t.Errorf("%d to %q", got.status, got.header.Get("Location"))
	}
}

func TestMine(t *testing.T) {
	s := open(t)
	if got := s.get(t, lesson+"/mine"); got.status != http.StatusOK || got.body != `{"answers":{}}` || got.header.Get("Set-Cookie") != "" {
		t.Errorf("before: %d %s %v", got.status, got.body, got.header)
	}
	s.send(t, "POST", lesson+"/activities/buffered", "choice=reject&text=non", "Content-Type", form)
	if got := s.get(t, lesson+"/mine").body; got != `{"answers":{"buffered":{"choice":"reject","text":"non"}},"due":0}` {
		t.Errorf("after: %s", got)
	}
}

func TestProgress(t *testing.T) {
	s := open(t)
	if got := s.get(t, "/en/progress").body; !strings.Contains(got, "You have not sent anything") {
		t.Error("an empty page does not say so")
	}
	s.judging(t, always(passed()))
	sub := decode[status](t, s.submit(t, "package search\n").body)
	s.finished(t, sub.ID)
	s.send(t, "POST", lesson+"/activities/what-happens", "choice=0", "Content-Type", form)
	got := s.get(t, "/en/progress").body
	for _, want := range []string{"passed", "1 attempt", `href="/en/submissions/` + sub.ID + `"`, "1 of 5 questions answered", `href="/en/lessons/leaks"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in the progress", want)
		}
	}
}

// Answers and ratings are written down, and so have a limit as drafts have: whoever
// has no key yet would get another one for each.
func TestAnswersAreLimited(t *testing.T) {
	s := open(t, func(c *web.Config) { c.Limits.PerMinute = 1 })
	for _, sent := range [][2]string{{recall, "text=une+place"}, {recall + "/rating", "seen=0&rating=good"}} {
		var last answer
		for range 20 {
			last = s.send(t, "POST", sent[0], sent[1], "Content-Type", form)
		}
		if last.status != http.StatusTooManyRequests || last.header.Get("Retry-After") == "" {
			t.Errorf("the twentieth to %s: status %d", sent[0], last.status)
		}
	}
}

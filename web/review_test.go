package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"manche/web"
)

// clock is a time that a test moves; handlers and test take turns.
type clock struct{ now time.Time }

func (c *clock) pass(days int) { c.now = c.now.AddDate(0, 0, days) }

// openAt starts a site whose days a test turns.
func openAt(t *testing.T) (*site, *clock) {
	t.Helper()
	c := &clock{time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)}
	return open(t, func(config *web.Config) { config.Now = func() time.Time { return c.now } }), c
}

// post sends a form and returns where it leads.
func (s *site) post(t *testing.T, path, body string) string {
	t.Helper()
	got := s.send(t, "POST", path, body, "Content-Type", form)
	if got.status != http.StatusSeeOther {
		t.Fatalf("POST %s: status %d, want 303: %s", path, got.status, got.body)
	}
	return got.header.Get("Location")
}

// wants holds a page against what it must and must not say.
func wants(t *testing.T, page string, all ...string) {
	t.Helper()
	page = strings.ReplaceAll(unescape(page), "\u00a0", " ")
	for _, want := range all {
		if not, ok := strings.CutPrefix(want, "no: "); ok {
			if strings.Contains(page, not) {
				t.Errorf("%q is on the page", not)
			}
		} else if !strings.Contains(page, want) {
			t.Errorf("no %q on the page", want)
		}
	}
}

const recall = lesson + "/activities/remedies"

func TestReview(t *testing.T) {
	s, clock := openAt(t)
	wants(t, s.get(t, "/fr/review").body, "Pas encore de cartes", `href="/fr/#lessons"`)
	s.post(t, recall, "text=une+place")
	wants(t, s.get(t, recall).body, `action="`+recall+`/rating"`, "Avec peine", "<small>demain</small>", "<small>dans 3 jours</small>", "<small>dans 16 jours</small>")
	if to := s.post(t, recall+"/rating", "seen=0&rating=good"); to != recall {
		t.Errorf("the rating leads to %s", to)
	}
	wants(t, s.get(t, recall+"?fragment=1").body, "Cette question reviendra dans 3 jours", "no: name=\"rating\"")
	wants(t, s.get(t, "/fr/review").body, "Rien à revoir aujourd’hui", "La prochaine carte revient dans 3 jours", "no: name=\"text\"")

	clock.pass(3)
	wants(t, s.get(t, "/fr/review").body, "1 carte à revoir", "Quels sont les deux remèdes", `data-due>1</span>`, "no: Une place, ou un signal", "no: une place")
	wants(t, s.get(t, "/en/review").body, "1 card to review today", "no: Pas du tout")
	if got := s.get(t, lesson+"/mine").body; !strings.Contains(got, `"due":1`) {
		t.Errorf("the lesson is told %s", got)
	}
	shown := s.send(t, "POST", "/fr/review", "lesson=leaks&activity=remedies&text=deux+places", "Content-Type", form)
	if shown.status != http.StatusOK {
		t.Fatalf("the answer: status %d", shown.status)
	}
	wants(t, shown.body, "Vos mots d’aujourd’hui", "deux places", "Vos mots de la dernière fois", "une place", "Une place, ou un signal.", `name="seen" value="1"`)

	const rating = "lesson=leaks&activity=remedies&text=deux+places&seen=1&rating=good"
	if to := s.post(t, "/fr/review/rating", rating); to != "/fr/review" {
		t.Errorf("the rating leads to %s", to)
	}
	end := s.get(t, "/fr/review").body
	wants(t, end, "C’est tout pour aujourd’hui", "1 carte revue", "La prochaine carte revient dans 11 jours")
	s.post(t, "/fr/review/rating", strings.Replace(rating, "good", "again", 1)) // a second click
	if again := s.get(t, "/fr/review").body; again != end {
		t.Error("a rating of what was rated already has counted")
	}
	wants(t, s.get(t, lesson+"/mine").body, `"text":"deux places"`, `"due":0`)
}

// A card that was not known comes back tomorrow, and says so in English too.
func TestReviewForgotten(t *testing.T) {
	s, clock := openAt(t)
	const path = "/en/lessons/leaks/activities/collected"
	s.post(t, path, "text=no")
	s.post(t, path+"/rating", "seen=0&rating=again&fragment=1")
	wants(t, s.get(t, path).body, "This question comes back tomorrow")
	wants(t, s.get(t, "/en/review").body, "Nothing to review today", "The next card comes back tomorrow", "Tomorrow 1 card will be waiting", "You have 1 in all")
	clock.pass(1)
	wants(t, s.get(t, path).body, `name="seen" value="1"`) // it can be rated where it stands
	s.post(t, "/en/review/rating", "lesson=leaks&activity=collected&seen=1&rating=again&text=")
	wants(t, s.get(t, "/en/review").body, "That is all for today", "1 card reviewed", "comes back tomorrow")
	wants(t, s.get(t, "/en/lessons/leaks/mine").body, `"text":"no"`) // nothing was written this time
}

func TestReviewRefuses(t *testing.T) {
	s, _ := openAt(t)
	if to := s.post(t, "/fr/review/rating", "lesson=leaks&activity=remedies&seen=0&rating=good"); to != "/fr/review" {
		t.Errorf("a rating without a cookie leads to %s", to)
	}
	s.post(t, recall, "text=une+place")
	for _, tt := range []struct {
		name, path, body string
		status           int
	}{
		{"no such rating", recall + "/rating", "seen=0&rating=perfect", http.StatusBadRequest},
		{"no state", recall + "/rating", "rating=good", http.StatusBadRequest},
		{"a prediction", lesson + "/activities/what-happens/rating", "seen=0&rating=good", http.StatusNotFound},
		{"no such lesson", "/fr/review/rating", "lesson=x&activity=y&seen=0&rating=good", http.StatusNotFound},
		{"no text", "/fr/review/rating", "lesson=leaks&activity=remedies&seen=0&rating=good&text=%00", http.StatusBadRequest},
		{"an answer of no card", "/fr/review", "lesson=leaks&activity=remedies", http.StatusSeeOther},
		{"bytes that are no text", "/fr/review", "lesson=leaks&activity=remedies&text=%FF", http.StatusBadRequest},
	} {
		if got := s.send(t, "POST", tt.path, tt.body, "Content-Type", form); got.status != tt.status {
			t.Errorf("%s: status %d, want %d", tt.name, got.status, tt.status)
		}
	}
}

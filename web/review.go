package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"manche/content"
	"manche/web/review"
	"manche/web/store"
	"manche/web/view"
)

// ratings are what the buttons of a rating send, in the order of the buttons.
var ratings = []struct {
	name  string // key below "web.rate."
	value review.Rating
}{
	{"again", review.Again}, {"hard", review.Hard}, {"good", review.Good}, {"easy", review.Easy},
}

// review shows today's next card: its question, or that there is none.
func (s *Server) review(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	d, err := s.deck(r.Context(), learner(r))
	if err != nil {
		return err
	}
	model := view.Review{
		Left: len(d.plan.Today), Tomorrow: d.plan.Tomorrow, Done: d.plan.Done, Next: d.plan.Next, Cards: len(d.cards),
	}
	if model.Left > 0 {
		s.ask(&model, d.cards[d.plan.Today[0]], lang)
	}
	return s.reviewPage(w, r, lang, model)
}

func (s *Server) reviewPage(w http.ResponseWriter, r *http.Request, lang content.Lang, model view.Review) error {
	shell := s.shell(lang, "review", "")
	shell.Title, shell.Due = shell.Say("web.nav.review"), model.Left
	s.remember(w, r, lang)
	return s.page(w, r, view.ReviewPage(shell, model))
}

// ask puts a card's question on the page.
func (s *Server) ask(model *view.Review, c store.Card, lang content.Lang) {
	l, a, ok := s.cardActivity(c, lang)
	if !ok { // a deck has only cards of the course
		return
	}
	activity := s.activityView(a, l.Slug, lang)
	model.Activity, model.Lesson = &activity, *lessonLink(l, lang)
	model.Rate = s.rateView(c, s.Root+"/"+string(lang)+"/review/rating")
	model.Rate.Lesson, model.Rate.Activity = c.Lesson, c.Activity
}

// rateView is a card's form. Its buttons tell when the card will come back.
func (s *Server) rateView(c store.Card, action string) view.Rate {
	now := s.Now()
	out := view.Rate{Action: action, Seen: c.Reps, Wait: c.Wait(now)}
	for _, r := range ratings {
		out.Ratings = append(out.Ratings, view.Rating{Name: r.name, Wait: c.Rated(r.value, now).Wait(now)})
	}
	return out
}

// reveal shows a card's answer beside the reader's own words, those of now and
// those of before. It changes nothing: the rating brings the words along.
func (s *Server) reveal(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	form, err := postedForm(r)
	if err != nil {
		return err
	}
	text, err := wordsIn(form)
	if err != nil {
		return err
	}
	key := learner(r)
	d, err := s.deck(r.Context(), key)
	if err != nil {
		return err
	}
	c := d.card(key, form.Get("lesson"), form.Get("activity"))
	if c.Reps == 0 {
		return s.seeOther(w, r, lang, "review")
	}
	earlier, err := s.Store.Answers(r.Context(), key, c.Lesson)
	if err != nil {
		return err
	}
	model := view.Review{
		Left: len(d.plan.Today), Tomorrow: d.plan.Tomorrow, Revealed: true,
		Text: text, Earlier: earlier[c.Activity].Text,
	}
	s.ask(&model, c, lang)
	model.Rate.Text = text
	return s.reviewPage(w, r, lang, model)
}

// rateCard takes a rating in the review, and leads to the next card.
func (s *Server) rateCard(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	form, err := postedForm(r)
	if err != nil {
		return err
	}
	if err := s.rate(w, r, form, form.Get("lesson"), form.Get("activity")); err != nil {
		return err
	}
	return s.seeOther(w, r, lang, "review")
}

// rateAnswer takes the rating of an answer that was just given in a lesson: with
// it the activity becomes a card.
func (s *Server) rateAnswer(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	l, a, err := s.activityAt(r, lang)
	if err != nil {
		return err
	}
	form, err := postedForm(r)
	if err != nil {
		return err
	}
	if err := s.rate(w, r, form, l.Slug, a.ID); err != nil {
		return err
	}
	to := "lessons/" + l.Slug + "/activities/" + a.ID
	if form.Get("fragment") != "" {
		to += "?fragment=1"
	}
	return s.seeOther(w, r, lang, to)
}

// rate keeps a rating. One that was given to a state of the card which is gone, by
// a second click or another tab, has been counted already and is let go.
func (s *Server) rate(w http.ResponseWriter, r *http.Request, form url.Values, lesson, activity string) error {
	value, ok := ratingIn(form)
	seen, err := strconv.Atoi(form.Get("seen"))
	if !ok || err != nil {
		return badForm()
	}
	text, err := wordsIn(form)
	if err != nil {
		return err
	}
	key := learner(r)
	c := store.Card{Learner: key, Lesson: lesson, Activity: activity}
	if _, _, ok := s.cardActivity(c, content.EN); !ok {
		return notFound()
	}
	if key == "" { // forgotten meanwhile
		return nil
	}
	if err := s.room(r, seen == 0); err != nil {
		return err
	}
	d, err := s.deck(r.Context(), key)
	if err != nil {
		return err
	}
	if c = d.card(key, lesson, activity); c.Reps != seen {
		return nil
	}
	c.Card = c.Rated(value, s.Now())
	s.setLearner(w, r, key, cookieSeconds) // it must outlive the wait
	_, err = s.Store.SaveCard(r.Context(), c, text)
	return err
}

func ratingIn(form url.Values) (review.Rating, bool) {
	for _, r := range ratings {
		if r.name == form.Get("rating") {
			return r.value, true
		}
	}
	return 0, false
}

// wordsIn reads what the reader wrote, which may be nothing.
func wordsIn(form url.Values) (string, error) {
	text := strings.TrimSpace(form.Get("text"))
	if len(text) > maxAnswer || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return "", badForm()
	}
	return text, nil
}

// seeOther leads on after a form: to a page of the language.
func (s *Server) seeOther(w http.ResponseWriter, r *http.Request, lang content.Lang, path string) error {
	http.Redirect(w, r, s.Root+"/"+string(lang)+"/"+path, http.StatusSeeOther)
	return nil
}

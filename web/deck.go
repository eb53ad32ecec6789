package web

import (
	"context"
	"net/http"

	"manche/content"
	"manche/lessons"
	"manche/web/review"
	"manche/web/store"
	"manche/web/view"
)

// deck are a learner's cards, and what is to be done with them today.
type deck struct {
	cards []store.Card
	plan  review.Plan
}

// deck reads the cards whose activities the course still has. It is empty for a
// reader without a key.
func (s *Server) deck(ctx context.Context, key string) (deck, error) {
	var d deck
	if key == "" {
		return d, nil
	}
	all, err := s.Store.Cards(ctx, key)
	if err != nil {
		return d, err
	}
	var plain []review.Card
	for _, c := range all {
		if _, _, ok := s.cardActivity(c, content.EN); ok {
			d.cards = append(d.cards, c)
			plain = append(plain, c.Card)
		}
	}
	d.plan = review.For(plain, s.Now())
	return d, nil
}

// cardActivity finds what a card asks, in a language.
func (s *Server) cardActivity(c store.Card, lang content.Lang) (*lessons.Lesson, *lessons.Activity, bool) {
	l, ok := s.Course.Lesson(c.Lesson)
	if !ok {
		return nil, nil, false
	}
	a, ok := l.Pages[lang].Activity(c.Activity)
	return l, a, ok && comesBack(a)
}

// comesBack reports whether an activity is one to be remembered: those that are
// answered in the reader's own words. Predictions and judgements are about one
// piece of code, which is known the second time.
func comesBack(a *lessons.Activity) bool {
	return a.Kind == lessons.Recall || a.Kind == lessons.Explain
}

// card returns the learner's card of an activity; one that was never rated where
// there is none.
func (d deck) card(key, lesson, activity string) store.Card {
	for _, c := range d.cards {
		if c.Lesson == lesson && c.Activity == activity {
			return c
		}
	}
	return store.Card{Learner: key, Lesson: lesson, Activity: activity}
}

// personal returns what stands around a page that is drawn for one reader: with
// how much there is to review. That is a courtesy, and left out where it cannot
// be told.
func (s *Server) personal(r *http.Request, lang content.Lang, path, title string) view.Shell {
	shell := s.shell(lang, path, title)
	d, err := s.deck(r.Context(), learner(r))
	if err != nil {
		s.Log.Warn("counting what is due failed", "error", err)
		return shell
	}
	shell.Due = len(d.plan.Today)
	return shell
}

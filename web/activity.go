package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"manche/content"
	"manche/lessons"
	"manche/web/store"
	"manche/web/view"
)

// maxAnswer bounds an answer in the reader's own words: the page asks for a few
// sentences. Unit: bytes; the text area stops at 4000 characters.
const maxAnswer = 16 << 10

// activityAt finds the activity that a request names. Prompts are to be copied,
// not answered.
func (s *Server) activityAt(r *http.Request, lang content.Lang) (*lessons.Lesson, *lessons.Activity, error) {
	l, ok := s.Course.Lesson(r.PathValue("slug"))
	if !ok {
		return nil, nil, notFound()
	}
	a, ok := l.Pages[lang].Activity(r.PathValue("id"))
	if !ok || a.Kind == lessons.Prompt {
		return nil, nil, notFound()
	}
	return l, a, nil
}

// answer keeps what a reader answers, and leads to the page that compares it.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	l, a, err := s.activityAt(r, lang)
	if err != nil {
		return err
	}
	form, err := postedForm(r)
	if err != nil {
		return err
	}
	choice, text, err := answerIn(form, a)
	if err != nil {
		return err
	}
	adds, err := s.addsAnswer(r, l.Slug, a.ID, text)
	if err != nil {
		return err
	}
	if err := s.room(r, adds); err != nil {
		return err
	}
	err = s.Store.SaveAnswer(r.Context(), store.Answer{
		Learner: s.enrol(w, r), Lesson: l.Slug, Activity: a.ID, Choice: choice, Text: text,
	})
	if err != nil {
		return err
	}
	to := r.URL.Path
	if form.Get("fragment") != "" { // sent by the lesson's own page, which stays open
		to += "?fragment=1"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// addsAnswer reports whether an answer adds to what is kept: of a reader who is new, or
// words where there was no answer. A choice alone weighs nothing.
func (s *Server) addsAnswer(r *http.Request, lesson, activity, text string) (bool, error) {
	key := learner(r)
	if key == "" || text == "" {
		return key == "", nil
	}
	given, err := s.Store.Answers(r.Context(), key, lesson)
	_, ok := given[activity]
	return !ok, err
}

// answerIn reads an answer and holds it against what the activity asks for.
func answerIn(form url.Values, a *lessons.Activity) (choice, text string, err error) {
	choice = form.Get("choice")
	if text, err = wordsIn(form); err != nil {
		return "", "", err
	}
	switch a.Kind {
	case lessons.Predict:
		if i, err := strconv.Atoi(choice); err != nil || i < 0 || i >= len(a.Choices) {
			return "", "", noAnswer()
		}
		return choice, "", nil
	case lessons.Judge:
		if !slices.Contains([]string{"accept", "reject"}, choice) {
			return "", "", noAnswer()
		}
		return choice, text, nil
	}
	if text == "" {
		return "", "", noAnswer()
	}
	return "", text, nil
}

// answered shows the reader's answer beside the course's. Who has not answered
// yet is led back to the question.
func (s *Server) answered(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	l, a, err := s.activityAt(r, lang)
	if err != nil {
		return err
	}
	var mine map[string]store.Answer
	if key := learner(r); key != "" {
		if mine, err = s.Store.Answers(r.Context(), key, l.Slug); err != nil {
			return err
		}
	}
	given, ok := mine[a.ID]
	model := s.answeredView(l, a, lang, given)
	if !ok || (a.Kind == lessons.Predict && model.Choice < 0) {
		http.Redirect(w, r, s.Root+"/"+string(lang)+"/lessons/"+l.Slug+"#"+a.ID, http.StatusSeeOther)
		return nil
	}
	d, err := s.deck(r.Context(), learner(r))
	if err != nil {
		return err
	}
	shell := s.shell(lang, "lessons/"+l.Slug+"/activities/"+a.ID, model.Lesson.Text)
	shell.Due = len(d.plan.Today)
	if comesBack(a) {
		rate := s.rateView(d.card(learner(r), l.Slug, a.ID), model.Action+"/rating")
		model.Rate = &rate
	}
	if r.FormValue("fragment") != "" {
		return s.page(w, r, view.AnsweredFragment(shell, model))
	}
	return s.page(w, r, view.AnsweredPage(shell, model))
}

// answeredView gathers an answered activity. A choice from before the author
// changed the question counts as none.
func (s *Server) answeredView(l *lessons.Lesson, a *lessons.Activity, lang content.Lang, given store.Answer) view.Answered {
	out := view.Answered{
		Activity: s.activityView(a, l.Slug, lang), Lesson: *lessonLink(l, lang),
		Text: given.Text, Choice: -1, Right: a.Right, Chosen: given.Choice, Verdict: a.Verdict,
	}
	if i, err := strconv.Atoi(given.Choice); err == nil && i >= 0 && i < len(a.Choices) {
		out.Choice = i
	}
	return out
}

// mineAnswer is a reader's own answer as the lesson's page asks for it.
type mineAnswer struct {
	Choice string `json:"choice,omitempty"`
	Text   string `json:"text,omitempty"`
}

// mine tells what the reader answered in a lesson, by activity: the one small
// request that keeps the lesson's page the same for everyone.
func (s *Server) mine(w http.ResponseWriter, r *http.Request, _ content.Lang) error {
	l, ok := s.Course.Lesson(r.PathValue("slug"))
	if !ok {
		return notFound()
	}
	out := make(map[string]mineAnswer)
	body := map[string]any{"answers": out}
	if key := learner(r); key != "" {
		answers, err := s.Store.Answers(r.Context(), key, l.Slug)
		if err != nil {
			return err
		}
		for id, a := range answers {
			out[id] = mineAnswer{Choice: a.Choice, Text: a.Text}
		}
		d, err := s.deck(r.Context(), key)
		if err != nil {
			return err
		}
		body["due"] = len(d.plan.Today)
	}
	return writeJSON(w, http.StatusOK, body)
}

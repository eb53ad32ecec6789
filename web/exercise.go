package web

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"

	"manche/content"
	"manche/exercises"
	"manche/grader/queue"
	"manche/lessons"
	"manche/web/store"
	"manche/web/view"
)

// How a page without JavaScript looks for its verdict.
const (
	// refreshSeconds is how long it waits between two looks: most verdicts are
	// there by then.
	refreshSeconds = 2
	// maxLook is how far looks are counted before the count begins again: half an
	// hour of them. That one differs from the one before is all that matters.
	maxLook = 900
)

// exercise shows an exercise with the learner's draft, or the code to start from.
func (s *Server) exercise(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	ex, ok := s.Catalog.Lookup(r.PathValue("slug"))
	if !ok {
		return notFound()
	}
	files, err := s.draft(r, ex)
	if err != nil {
		return err
	}
	model := s.exerciseView(ex, lang, files)
	shell := s.shell(lang, "exercises/"+ex.Slug, model.Title)
	shell.Summary = model.Summary
	editing(w, &shell)
	s.remember(w, r, lang)
	return s.page(w, r, view.ExercisePage(shell, model))
}

// try shows the exercise in whose editor a lesson's code can be proved wrong,
// with that code in it. It has an address of its own, so that no draft of the
// exercise takes its place.
func (s *Server) try(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	l, a, err := s.activityAt(r, lang)
	if err != nil {
		return err
	}
	ex, ok := s.Catalog.Lookup(a.Exercise)
	if !ok || a.Code == "" {
		return notFound()
	}
	model := s.exerciseView(ex, lang, map[string]string{ex.Editable[0]: a.Code})
	shell := s.shell(lang, "lessons/"+l.Slug+"/activities/"+a.ID+"/try", model.Title)
	model.Notice = shell.Say("web.exercise.from")
	editing(w, &shell)
	return s.page(w, r, view.ExercisePage(shell, model))
}

// submission shows an exercise with the code that was sent, and its verdict; or
// only that, as a fragment for the page that is open already.
func (s *Server) submission(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	sub, err := s.Store.Submission(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	ex, ok := s.Catalog.Lookup(sub.Exercise)
	if !ok {
		return notFound()
	}
	model := s.exerciseView(ex, lang, sub.Files)
	shell := s.shell(lang, "submissions/"+sub.ID, model.Title)
	if sub.State == queue.Done {
		model.Verdict, err = s.verdictView(ex, sub, lang)
	} else {
		model.Pending = s.pendingView(r, sub)
	}
	if err != nil {
		return err
	}
	if r.FormValue("fragment") != "" {
		if model.Verdict != nil {
			return s.page(w, r, view.VerdictFragment(shell, *model.Verdict))
		}
		return s.page(w, r, view.PendingFragment(shell, *model.Pending))
	}
	if !sub.State.Final() {
		shell.Refresh = lookAgain(r, shell.To(shell.Path))
	}
	editing(w, &shell)
	return s.page(w, r, view.ExercisePage(shell, model))
}

// lookAgain tells a browser without JavaScript when to ask for which address. The
// address differs from the one that was asked for: where only the fragment
// differs, or nothing, browsers may jump within the page and ask nobody.
func lookAgain(r *http.Request, page string) string {
	look, err := strconv.Atoi(r.URL.Query().Get("look"))
	if err != nil || look < 0 || look >= maxLook {
		look = 0
	}
	return fmt.Sprintf("%d; url=%s?look=%d#verdict", refreshSeconds, page, look+1)
}

// following returns the exercise that comes after one in the course, or nil.
func (s *Server) following(ex *exercises.Exercise, lang content.Lang) *view.ExerciseCard {
	all := s.exercises
	i := slices.IndexFunc(all, func(e *exercises.Exercise) bool { return e.Slug == ex.Slug })
	if i < 0 || i+1 == len(all) {
		return nil
	}
	card := s.prose[proseKey{all[i+1].Slug, lang}].card
	return &card
}

// inOrder lists the exercises lesson by lesson, as the lesson's page has them,
// and those of no lesson that there is at the end.
func inOrder(course *lessons.Course, all []*exercises.Exercise) []*exercises.Exercise {
	place := func(ex *exercises.Exercise) (lesson, card int) {
		l, ok := course.Lesson(ex.Lesson)
		if !ok {
			return math.MaxInt, 0
		}
		if card = slices.Index(l.Pages[content.EN].Exercises, ex.Slug); card < 0 {
			card = math.MaxInt // not on the page
		}
		return l.Number, card
	}
	return slices.SortedStableFunc(slices.Values(all), func(a, b *exercises.Exercise) int {
		lessonA, cardA := place(a)
		lessonB, cardB := place(b)
		return cmp.Or(cmp.Compare(lessonA, lessonB), cmp.Compare(cardA, cardB))
	})
}

// exerciseView gathers an exercise's page; files are the learner's own, or nil.
func (s *Server) exerciseView(ex *exercises.Exercise, lang content.Lang, files map[string]string) view.Exercise {
	p := s.prose[proseKey{ex.Slug, lang}]
	out := view.Exercise{ExerciseCard: p.card, Brief: p.brief, Hints: p.hints, Checks: p.checks}
	if l, ok := s.Course.Lesson(ex.Lesson); ok {
		out.Lesson = lessonLink(l, lang)
	}
	for _, name := range ex.Editable {
		starter := string(ex.Starter.Files[name])
		text, ok := files[name]
		if !ok {
			text = starter
		}
		out.Files = append(out.Files, view.File{Name: name, Text: text, Starter: starter})
	}
	return out
}

// pendingView tells how far a submission has come. A place that cannot be told
// just now is left out.
func (s *Server) pendingView(r *http.Request, sub store.Submission) *view.Pending {
	v := s.submissionView(r.Context(), sub)
	return &view.Pending{ID: sub.ID, State: string(v.State), Place: v.Place, Newer: v.SupersededBy, Final: sub.State.Final()}
}

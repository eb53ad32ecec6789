package web

import (
	"net/http"

	"manche/content"
	"manche/lessons"
	"manche/web/store"
	"manche/web/view"
)

// progress shows what this browser's learner has done.
func (s *Server) progress(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	shell := s.shell(lang, "progress", "")
	shell.Title = shell.Say("web.nav.progress")
	var model view.Progress
	if key := learner(r); key != "" {
		done, err := s.Store.Progress(r.Context(), key)
		if err != nil {
			return err
		}
		model.Exercises = s.attempted(done, lang)
		if model.Lessons, err = s.practised(r, key, lang); err != nil {
			return err
		}
	}
	s.remember(w, r, lang)
	return s.page(w, r, view.ProgressPage(shell, model))
}

// attempted lists the exercises that were tried, in the order of the course.
func (s *Server) attempted(done map[string]store.Progress, lang content.Lang) []view.Attempted {
	var out []view.Attempted
	for _, ex := range s.exercises {
		if p, ok := done[ex.Slug]; ok {
			out = append(out, view.Attempted{
				ExerciseCard: s.prose[proseKey{ex.Slug, lang}].card,
				Attempts:     p.Attempts, Passed: p.Passed, LastID: p.LastID,
			})
		}
	}
	return out
}

// practised lists the lessons of which something was answered.
func (s *Server) practised(r *http.Request, key string, lang content.Lang) ([]view.Practised, error) {
	var out []view.Practised
	for _, l := range s.Course.Lessons() {
		mine, err := s.Store.Answers(r.Context(), key, l.Slug)
		if err != nil {
			return nil, err
		}
		p := view.Practised{Link: *lessonLink(l, lang)}
		for _, a := range l.Pages[lang].Activities {
			if a.Kind == lessons.Prompt {
				continue // to be copied, not answered
			}
			p.Total++
			if _, ok := mine[a.ID]; ok {
				p.Answered++
			}
		}
		if p.Answered > 0 {
			out = append(out, p)
		}
	}
	return out, nil
}

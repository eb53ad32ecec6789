package web

import (
	"net/http"

	"manche/content"
	"manche/web/view"
)

// progress shows the whole way through the course, and how far this browser's
// learner has come.
func (s *Server) progress(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	key := learner(r)
	all, err := s.steps(r.Context(), key)
	if err != nil {
		return err
	}
	d, err := s.deck(r.Context(), key)
	if err != nil {
		return err
	}
	shell := s.shell(lang, "progress", "")
	shell.Title, shell.Due = shell.Say("web.nav.progress"), len(d.plan.Today)
	model := view.Progress{
		Begun: begun(all), Due: len(d.plan.Today), Cards: len(d.cards), Wait: d.plan.Next, Notice: notice(r),
	}
	model.Lessons, model.Loose = s.stretches(all, lang)
	if i := next(all); i >= 0 {
		model.Next = s.link(all[i], lang)
	}
	if key != "" {
		held, err := s.held(r.Context(), key)
		if err != nil {
			return err
		}
		model.Kept = held.Any()
		s.setLearner(w, r, key, cookieSeconds) // who comes back is known for longer
	}
	s.remember(w, r, lang)
	return s.page(w, r, view.ProgressPage(shell, model))
}

// notices are what the page can say has just happened: keys below "web.done.".
var notices = map[string]bool{"moved": true, "deleted": true}

func notice(r *http.Request) string {
	if done := r.URL.Query().Get("done"); notices[done] {
		return done
	}
	return ""
}

// stretches puts the exercises below their lessons; loose are those of none.
func (s *Server) stretches(all []step, lang content.Lang) (path []view.Stretch, loose []view.Attempted) {
	for _, st := range all {
		if st.lesson != nil {
			path = append(path, view.Stretch{
				Link: *lessonLink(st.lesson, lang), Number: st.lesson.Number, Answered: st.answered, Total: st.total,
			})
			continue
		}
		a := view.Attempted{
			ExerciseCard: s.prose[proseKey{st.exercise.Slug, lang}].card, Begun: st.begun(),
			Attempts: st.progress.Attempts, Passed: st.progress.Passed, LastID: st.progress.LastID,
		}
		if _, ok := s.Course.Lesson(st.exercise.Lesson); ok {
			last := &path[len(path)-1]
			last.Exercises = append(last.Exercises, a)
		} else {
			loose = append(loose, a)
		}
	}
	return path, loose
}

// homeMine is what the front page asks for: finished sentences, by slug.
type homeMine struct {
	Due       int               `json:"due"`
	Next      *homeLink         `json:"next,omitempty"`
	Lessons   map[string]string `json:"lessons"`
	Exercises map[string]string `json:"exercises"`
}

type homeLink struct {
	Href string `json:"href"`
	Text string `json:"text"`
}

// mineAtHome tells how far the reader has come: the one small request that keeps
// the front page the same for everyone. Its sentences are those of /progress,
// which has all of it without a script.
func (s *Server) mineAtHome(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	out := homeMine{Lessons: map[string]string{}, Exercises: map[string]string{}}
	key := learner(r)
	if key == "" {
		return writeJSON(w, http.StatusOK, out)
	}
	d, err := s.deck(r.Context(), key)
	if err != nil {
		return err
	}
	all, err := s.steps(r.Context(), key)
	if err != nil {
		return err
	}
	shell := s.shell(lang, "", "")
	out.Due = len(d.plan.Today)
	if i := next(all); i >= 0 {
		to := s.link(all[i], lang)
		out.Next = &homeLink{Href: shell.To(to.Path), Text: shell.Say("web.mine.next", "title", to.Text)}
	}
	for _, st := range all {
		switch {
		case !st.begun():
		case st.exercise != nil:
			out.Exercises[st.exercise.Slug] = view.State(shell, st.progress.Passed, true)
		default:
			out.Lessons[st.lesson.Slug] = shell.Say("web.mine.answered", "n", st.answered, "total", st.total)
		}
	}
	return writeJSON(w, http.StatusOK, out)
}

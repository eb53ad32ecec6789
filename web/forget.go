package web

import (
	"context"
	"net/http"

	"manche/content"
	"manche/web/view"
)

// askToForget tells what will be deleted, before anything is.
func (s *Server) askToForget(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	shell := s.personal(r, lang, "progress/delete", "")
	shell.Title = shell.Say("web.forget.title")
	var model view.Held
	if key := learner(r); key != "" {
		held, err := s.held(r.Context(), key)
		if err != nil {
			return err
		}
		model = heldView(held)
	}
	return s.page(w, r, view.ForgetPage(shell, model))
}

// forget deletes everything about the reader, in every course and in the browser,
// and stops what is being judged for nobody.
func (s *Server) forget(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	if key := learner(r); key != "" {
		for _, site := range s.courses() {
			if err := site.forgetHere(r.Context(), key); err != nil {
				return err
			}
		}
		s.setLearner(w, r, "", -1)
	}
	w.Header().Set("Clear-Site-Data", `"storage"`) // where no script has: see page.ts
	return s.seeOther(w, r, lang, "progress?done=deleted")
}

// forgetHere deletes what this server keeps of a learner.
func (s *Server) forgetHere(ctx context.Context, learner string) error {
	unfinished, err := s.Store.Forget(ctx, learner)
	if err != nil {
		return err
	}
	if q := s.attached(); q != nil {
		for _, id := range unfinished {
			q.Cancel(id)
		}
	}
	return nil
}

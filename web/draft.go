package web

import (
	"net/http"
	"time"
)

// draftsPerSubmission is how many drafts may come for each submission that may:
// a learner at work sends one every few seconds.
const draftsPerSubmission = 20

// saveDraft keeps what a learner is writing, and has it built ahead where the
// grader has nothing else to do.
func (s *Server) saveDraft(w http.ResponseWriter, r *http.Request) error {
	ex, ok := s.Catalog.Lookup(r.PathValue("slug"))
	if !ok {
		return notFound()
	}
	req, err := postedJSON(r)
	if err != nil {
		return err
	}
	if err := checkFiles(ex, req.Files); err != nil {
		return err
	}
	if p := s.drafts.take(r, time.Now()); p != nil {
		return p
	}
	if err := s.Store.SaveDraft(r.Context(), s.enrol(w, r), ex.Slug, req.Files); err != nil {
		return err
	}
	if s.Anticipate != nil {
		s.Anticipate(ex.Slug, req.Files)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

package web

import (
	"net/http"

	"manche/exercises"
)

// keptPerSubmission is how many drafts, answers and ratings may come for each
// submission that may: a learner at work sends a draft every few seconds.
const keptPerSubmission = 20

// draft returns what the learner was writing last, or nil. The exercise may ask for
// other files by now; of those that are left, what was written is.
func (s *Server) draft(r *http.Request, ex *exercises.Exercise) (map[string]string, error) {
	key := learner(r)
	if key == "" {
		return nil, nil
	}
	return s.Store.Draft(r.Context(), key, ex.Slug)
}

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
	if p := s.kept.take(r, s.Now()); p != nil {
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

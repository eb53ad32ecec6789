package web

import (
	"net/http"

	"manche/exercises"
)

// Bounds of what is kept besides submissions, for each submission that may come.
const (
	// keptPerSubmission is how many drafts, answers and ratings may come: a learner at
	// work sends a draft every few seconds.
	keptPerSubmission = 20
	// addedPerSubmission is how many of these may take the place of nothing, and so fill
	// the disk: in a class that begins together, everybody has a draft and an answer.
	addedPerSubmission = 2
)

// room counts what is to be kept for a reader, and whether it adds to what there is. A
// key alone says nothing of that: anybody can make one up, or come without.
func (s *Server) room(r *http.Request, adds bool) error {
	now := s.Now()
	if p := s.kept.take(r, now); p != nil {
		return p
	}
	if !adds {
		return nil
	}
	if p := s.added.take(r, now); p != nil {
		return p
	}
	return nil
}

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
	earlier, err := s.draft(r, ex)
	if err != nil {
		return err
	}
	if err := s.room(r, earlier == nil); err != nil {
		return err
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

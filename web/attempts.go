package web

import (
	"net/http"

	"manche/exercises"
	"manche/web/view"
)

// maxAttempts bounds the attempts that a page lists: what somebody may want to
// look up again. The export has them all.
const maxAttempts = 20

// attempts lists the reader's own submissions of an exercise; here is the one that
// the page shows, or "".
func (s *Server) attempts(r *http.Request, ex *exercises.Exercise, here string) ([]view.Attempt, error) {
	key := learner(r)
	if key == "" {
		return nil, nil
	}
	all, err := s.Store.Attempts(r.Context(), key, ex.Slug, maxAttempts)
	if err != nil {
		return nil, err
	}
	var out []view.Attempt
	for _, a := range all {
		out = append(out, view.Attempt{ID: a.ID, At: a.At, Outcome: a.Outcome, State: string(a.State), Here: a.ID == here})
	}
	return out, nil
}

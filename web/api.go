package web

import (
	"encoding/json"
	"net/http"

	"manche/grader/queue"
)

// submissionJSON is a submission as programs read it. The verdict is null until
// the state is done.
type submissionJSON struct {
	ID           string          `json:"id"`
	URL          string          `json:"url"`
	Exercise     string          `json:"exercise"`
	State        queue.State     `json:"state"`
	Place        int             `json:"place"` // submissions ahead of it, while queued
	Verdict      json.RawMessage `json:"verdict"`
	SupersededBy string          `json:"superseded_by,omitempty"`
	// Error is "internal" where we failed; details stay in our log.
	Error string `json:"error,omitempty"`
}

// submissionAPI answers with a submission. Its id is the right to read it.
func (s *Server) submissionAPI(w http.ResponseWriter, r *http.Request) error {
	sub, err := s.Store.Submission(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, s.submissionView(r.Context(), sub))
}

// schema answers with a JSON schema.
func schema(text []byte) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, _ *http.Request) error {
		if len(text) == 0 {
			return notFound()
		}
		w.Header().Set("Content-Type", "application/schema+json")
		w.Header().Set("Cache-Control", "public, max-age=3600")
		w.Write(text) // a client that left hears nothing
		return nil
	}
}

package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"

	"manche/content"
	"manche/exercises"
	"manche/grader"
	"manche/grader/queue"
	"manche/web/store"
)

// idempotencyHeader lets a client send a submission again without having it
// judged twice.
const idempotencyHeader = "Idempotency-Key"

// submit takes a submission from a program, or from a page with JavaScript.
func (s *Server) submit(w http.ResponseWriter, r *http.Request) error {
	ex, ok := s.Catalog.Lookup(r.PathValue("slug"))
	if !ok {
		return notFound()
	}
	req, err := postedJSON(r)
	if err != nil {
		return err
	}
	sub, err := s.accept(w, r, ex, req)
	if err != nil {
		return err
	}
	status := http.StatusAccepted
	if sub.State.Final() {
		status = http.StatusOK
	}
	w.Header().Set("Location", s.submissionURL(sub.ID))
	return writeJSON(w, status, s.submissionView(r.Context(), sub))
}

// submitForm takes a submission from a page without JavaScript.
func (s *Server) submitForm(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	ex, ok := s.Catalog.Lookup(r.PathValue("slug"))
	if !ok {
		return notFound()
	}
	form, err := postedForm(r)
	if err != nil {
		return err
	}
	if form.Has("format") {
		return s.formatForm(w, r, lang, ex, filesIn(form))
	}
	sub, err := s.accept(w, r, ex, submissionRequest{Files: filesIn(form), Supersede: true})
	if err != nil {
		return err
	}
	http.Redirect(w, r, s.Root+"/"+string(lang)+"/submissions/"+sub.ID+"#verdict", http.StatusSeeOther)
	return nil
}

// accept checks a submission and has it kept; once it returns, it is durable.
func (s *Server) accept(w http.ResponseWriter, r *http.Request, ex *exercises.Exercise, req submissionRequest) (store.Submission, error) {
	if err := checkFiles(ex, req.Files); err != nil {
		return store.Submission{}, err
	}
	if p := s.addresses.take(r, s.Now()); p != nil {
		return store.Submission{}, p
	}
	sub, superseded, err := s.Store.Accept(r.Context(), store.New{
		Learner: s.enrol(w, r), Exercise: ex.Slug, Files: req.Files, Supersede: req.Supersede,
		Turn:           turn(r),
		Key:            verdictKey(ex.Slug, s.Revision(ex.Slug), req.Files),
		Recall:         recall,
		IdempotencyKey: r.Header.Get(idempotencyHeader),
	})
	if err != nil {
		return store.Submission{}, err
	}
	if q := s.attached(); q != nil {
		for _, id := range superseded {
			q.Cancel(id)
		}
		q.Wake()
	}
	return sub, nil
}

// recall makes of a known verdict the one on an equal submission, which says so.
// One that could not be proven may be by another attempt.
func recall(verdict []byte) ([]byte, bool) {
	var v grader.Verdict
	if err := json.Unmarshal(verdict, &v); err != nil || v.Version != grader.Version || v.Outcome == grader.Unproven {
		return nil, false
	}
	v.Receipt.Recalled = true
	again, err := json.Marshal(&v)
	return again, err == nil
}

// verdictKey names everything that a verdict depends on. Lengths keep one text
// from running into the next.
func verdictKey(slug, revision string, files map[string]string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %s %d %s %s", len(slug), slug, len(revision), revision, store.Hash(files))
	return hex.EncodeToString(h.Sum(nil))
}

func (s *Server) submissionURL(id string) string { return s.Root + apiPrefix + "v1/submissions/" + id }

// submissionView returns a submission as programs read it. The place is a
// courtesy: without it the rest still stands.
func (s *Server) submissionView(ctx context.Context, sub store.Submission) submissionJSON {
	out := submissionJSON{
		ID: sub.ID, URL: s.submissionURL(sub.ID), Exercise: sub.Exercise, State: sub.State,
		Verdict: s.spoken(sub.Verdict), SupersededBy: sub.SupersededBy,
	}
	if sub.State == queue.Queued {
		if ahead, err := s.Store.Place(ctx, sub.ID); err == nil {
			out.Place = ahead
		}
	}
	if sub.State == queue.Error {
		out.Error = "internal"
	}
	return out
}

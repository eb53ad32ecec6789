package web

import (
	"context"
	"net/http"
	"sync"

	"manche/content"
	"manche/exercises"
	"manche/grader"
)

// Diagnoser reads code without running it; grader.Grader is one.
type Diagnoser interface {
	Diagnose(ctx context.Context, sub grader.Submission) ([]grader.Finding, error)
}

// Bounds of what is read while learners type.
const (
	// readingsPerSubmission is how often code may be read for each submission that
	// may come: the page asks four times a second at most, 240 a minute, of a
	// learner who may submit twice in it.
	readingsPerSubmission = 120
	// maxReadings is how many may wait or be under way, of some milliseconds each. A
	// class of sixty has one each.
	maxReadings = 128
)

// AttachDiagnoser gives the server what reads code as it is typed, once that is
// prepared. Until then nothing is said of it.
func (s *Server) AttachDiagnoser(d Diagnoser) { s.diagnoser.Store(&d) }

// diagnosticJSON is what there is to say of a place, in the reader's language.
type diagnosticJSON struct {
	File     string          `json:"file"`   // "" for none of the files
	Line     int             `json:"line"`   // from 1; 0 for the whole file
	Column   int             `json:"column"` // from 1, in bytes; 0 for the whole line
	Severity grader.Severity `json:"severity"`
	Key      string          `json:"key"` // of the sentence
	Text     string          `json:"text"`
}

// diagnosticsJSON is everything there is to say, in the order of the source.
type diagnosticsJSON struct {
	Diagnostics []diagnosticJSON `json:"diagnostics"`
}

// diagnose tells what a verdict would say of code that is being typed, as far as
// that can be told without running it. Nothing is kept.
func (s *Server) diagnose(w http.ResponseWriter, r *http.Request) error {
	reader := s.diagnoser.Load()
	if reader == nil {
		return preparing()
	}
	ex, req, err := s.readable(r)
	if err != nil {
		return err
	}
	ctx, done := s.readings.begin(r.Context(), learner(r)+" "+ex.Slug)
	defer done()
	if ctx == nil {
		return busy(1)
	}
	found, err := (*reader).Diagnose(ctx, grader.Submission{Exercise: ex.Slug, Files: asBytes(req.Files)})
	if ctx.Err() != nil && r.Context().Err() == nil {
		return replaced()
	}
	if err != nil {
		return err
	}
	list, err := s.diagnostics(found, s.apiLang(r))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, diagnosticsJSON{list})
}

// readable takes code that is to be read, and counts it.
func (s *Server) readable(r *http.Request) (*exercises.Exercise, submissionRequest, error) {
	ex, ok := s.Catalog.Lookup(r.PathValue("slug"))
	if !ok {
		return nil, submissionRequest{}, notFound()
	}
	req, err := postedJSON(r)
	if err != nil {
		return nil, req, err
	}
	if err := checkFiles(ex, req.Files); err != nil {
		return nil, req, err
	}
	if p := s.typing.take(r, s.Now()); p != nil {
		return nil, req, p
	}
	return ex, req, nil
}

// diagnostics puts findings into words.
func (s *Server) diagnostics(found []grader.Finding, lang content.Lang) ([]diagnosticJSON, error) {
	list := []diagnosticJSON{}
	for _, f := range found {
		if err := f.Speak(s.Messages); err != nil {
			return nil, err
		}
		list = append(list, diagnosticJSON{
			File: f.File, Line: f.Line, Column: f.Column, Severity: f.Severity, Key: f.Key, Text: f.Text[string(lang)],
		})
	}
	return list, nil
}

// asBytes returns files as the grader takes them.
func asBytes(files map[string]string) map[string][]byte {
	out := make(map[string][]byte, len(files))
	for name, text := range files {
		out[name] = []byte(text)
	}
	return out
}

// readings are under way: the newest of each learner on an exercise, and however
// many of those who have no key yet. The zero value is ready.
type readings struct {
	mu     sync.Mutex
	count  int
	newest map[string]*reading
}

// reading is one of them.
type reading struct{ cancel context.CancelFunc }

// begin notes a reading, and ends an older one by the same reader. Without a
// context there are too many. done is to be called in any case.
func (all *readings) begin(ctx context.Context, by string) (_ context.Context, done func()) {
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.count >= maxReadings {
		return nil, func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	mine := &reading{cancel}
	all.count++
	if by[0] != ' ' { // somebody's
		if older := all.newest[by]; older != nil {
			older.cancel()
		}
		if all.newest == nil {
			all.newest = make(map[string]*reading)
		}
		all.newest[by] = mine
	}
	return ctx, func() {
		cancel()
		all.mu.Lock()
		defer all.mu.Unlock()
		all.count--
		if all.newest[by] == mine {
			delete(all.newest, by)
		}
	}
}

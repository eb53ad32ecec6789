package web

import (
	"net/http"

	"manche/content"
	"manche/exercises"
	"manche/grader"
	"manche/web/view"
)

// formattedJSON is code laid out as gofmt does. A file with a syntax error is as
// it came.
type formattedJSON struct {
	Files map[string]string `json:"files"`
	diagnosticsJSON
}

// format lays code out for a program, or for a page with JavaScript.
func (s *Server) format(w http.ResponseWriter, r *http.Request) error {
	_, req, err := s.readable(r)
	if err != nil {
		return err
	}
	files, found, err := s.formatted(r, req.Files)
	if err != nil {
		return err
	}
	list, err := s.diagnostics(found, s.apiLang(r))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, formattedJSON{files, diagnosticsJSON{list}})
}

// formatForm lays code out for a page without JavaScript: the page comes back
// with it, and nothing is kept.
func (s *Server) formatForm(w http.ResponseWriter, r *http.Request, lang content.Lang, ex *exercises.Exercise, posted map[string]string) error {
	if err := checkFiles(ex, posted); err != nil {
		return err
	}
	if p := s.typing.take(r, s.Now()); p != nil {
		return p
	}
	files, found, err := s.formatted(r, posted)
	if err != nil {
		return err
	}
	list, err := s.diagnostics(found, lang)
	if err != nil {
		return err
	}
	model := s.exerciseView(ex, lang, files)
	shell := s.shell(lang, "exercises/"+ex.Slug, model.Title)
	model.Notice = shell.Say("web.format.done")
	if len(list) > 0 {
		first := list[0]
		model.Notice = shell.Say("web.format.failed", "file", first.File, "line", first.Line, "text", first.Text)
	}
	editing(w, &shell)
	return s.page(w, r, view.ExercisePage(shell, model))
}

// formatted lays files out, as many at a time as there are processors.
func (s *Server) formatted(r *http.Request, files map[string]string) (map[string]string, []grader.Finding, error) {
	select {
	case s.formatting <- struct{}{}:
		defer func() { <-s.formatting }()
	case <-r.Context().Done():
		return nil, nil, r.Context().Err()
	}
	laid, found := grader.Format(asBytes(files))
	out := make(map[string]string, len(laid))
	for name, text := range laid {
		out[name] = string(text)
	}
	return out, found, nil
}

package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"manche/content"
	"manche/lessons"
	"manche/web/view"
)

const (
	// programFile is what the one file of a lesson's program is called.
	programFile = "main.go"
	// lineTime is how long a page without JavaScript waits for its turn; browsers
	// show nothing meanwhile.
	lineTime = 20 * time.Second
	// pageTime is what such a page has in all: the longest run takes some fifteen
	// seconds of it.
	pageTime = time.Minute
)

// Why the program of a page is given up.
var (
	errTooLongInLine = errors.New("no turn in time")
	errStopping      = errors.New("the server is stopping")
)

// runnableAt finds the program of a lesson that a request names.
func (s *Server) runnableAt(r *http.Request, lang content.Lang) (*lessons.Lesson, *lessons.Runnable, error) {
	l, ok := s.Course.Lesson(r.PathValue("slug"))
	if !ok {
		return nil, nil, notFound()
	}
	for _, p := range l.Pages[lang].Runnables {
		if p.ID == r.PathValue("block") {
			return l, p, nil
		}
	}
	return nil, nil, notFound()
}

// runAction is the address that runs a program of a lesson.
func (s *Server) runAction(lang content.Lang, slug, block string) string {
	return s.Root + "/" + string(lang) + "/lessons/" + slug + "/run/" + block
}

// program shows a lesson's program in a form.
func (s *Server) program(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	l, p, err := s.runnableAt(r, lang)
	if err != nil {
		return err
	}
	return s.programPage(w, r, lang, s.programView(l, p, lang, p.Code))
}

// runForm runs a lesson's program, or what the reader has made of it, and shows
// what came of it.
func (s *Server) runForm(w http.ResponseWriter, r *http.Request, lang content.Lang) error {
	l, p, err := s.runnableAt(r, lang)
	if err != nil {
		return err
	}
	form, err := postedForm(r)
	if err != nil {
		return err
	}
	files := filesIn(form)
	if len(files) == 0 { // from the lesson itself
		files = map[string]string{programFile: p.Code}
	}
	if _, ok := files[programFile]; !ok || len(files) > 1 {
		return wrongFiles([]string{programFile})
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(pageTime)) // not every connection has one
	model := s.programView(l, p, lang, files[programFile])
	if err := s.runForPage(r, lang, files, &model); err != nil {
		return err
	}
	return s.programPage(w, r, lang, model)
}

// runForPage runs a program to its end.
func (s *Server) runForPage(r *http.Request, lang content.Lang, files map[string]string, model *view.RunPage) error {
	j, err := s.begin(r, files)
	if err != nil {
		return err
	}
	defer j.end()
	patience := time.AfterFunc(lineTime, func() {
		if !j.ticket.begins() {
			j.cancel(errTooLongInLine)
		}
	})
	defer patience.Stop()
	select {
	case <-j.done:
	case <-s.stopping:
		j.cancel(errStopping)
		<-j.done
	}
	t := j.take()
	switch err := t.end.err; {
	case errors.Is(err, errStopping):
		return stopping()
	case errors.Is(err, errReplaced):
		return replaced()
	case errors.Is(err, errTooLongInLine):
		return busy(j.at.line.after())
	case err != nil && r.Context().Err() != nil:
		return context.Cause(r.Context())
	case err != nil:
		return err
	}
	ran := s.ranView(lang, model.Block, files, t.end.ran)
	model.Ran = &ran
	if t.output != "" {
		model.Output = &view.Output{Text: strings.ReplaceAll(t.output, "\x00", "\ufffd"), Cut: t.cut || t.end.ran.End.OutputCut}
	}
	return nil
}

// programView gathers the page of a program.
func (s *Server) programView(l *lessons.Lesson, p *lessons.Runnable, lang content.Lang, code string) view.RunPage {
	out := view.RunPage{
		Lesson: *lessonLink(l, lang), Block: p.ID, Action: s.runAction(lang, l.Slug, p.ID),
		File: view.File{Name: programFile, Text: code, Starter: p.Code},
	}
	if !predicted(l, lang, p) {
		out.Expect = p.Expect
	}
	return out
}

// predicted reports whether a program stands in a question that asks what it does.
func predicted(l *lessons.Lesson, lang content.Lang, p *lessons.Runnable) bool {
	for _, a := range l.Pages[lang].Activities {
		if a.Run != nil && a.Run.ID == p.ID {
			return true
		}
	}
	return false
}

func (s *Server) programPage(w http.ResponseWriter, r *http.Request, lang content.Lang, model view.RunPage) error {
	shell := s.shell(lang, model.Lesson.Path+"/run/"+model.Block, model.Lesson.Text)
	s.remember(w, r, lang)
	return s.page(w, r, view.ProgramPage(shell, model))
}

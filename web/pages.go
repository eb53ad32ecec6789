package web

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"manche/content"
	"manche/exercises"
	"manche/grader"
	"manche/lessons"
	"manche/web/view"
)

// renderPages draws every page that is the same for everyone.
func (s *Server) renderPages() (map[string]fixedPage, error) {
	pages := make(map[string]fixedPage)
	keep := newDocument
	if s.Passing {
		keep = plainDocument
	}
	add := func(shell view.Shell, c component) error {
		body, err := s.render(context.Background(), c)
		page := fixedPage{keep(htmlType, body), shell.Lang()}
		page.prepare(pageHead)
		pages[shell.To(shell.Path)] = page
		return err
	}
	for _, lang := range content.Langs {
		home := s.shell(lang, "", "")
		home.Summary = home.Say("web.home.lead")
		home.Scripts = append(home.Scripts, "home.js")
		if err := add(home, view.HomePage(home, s.home(lang))); err != nil {
			return nil, err
		}
		for _, l := range s.Course.Lessons() {
			model := s.lesson(l, lang)
			shell := s.shell(lang, "lessons/"+l.Slug, model.Title)
			shell.Summary = model.Summary
			shell.Scripts = append(shell.Scripts, "lesson.js")
			if err := add(shell, view.LessonPage(shell, model)); err != nil {
				return nil, err
			}
		}
	}
	return pages, nil
}

// fixed answers with a page that is the same for everyone.
func (s *Server) fixed(w http.ResponseWriter, r *http.Request, p fixedPage) {
	s.remember(w, r, p.lang)
	w.Header()["Cache-Control"] = ownCache
	p.serve(w, r)
}

// pageHead is what the answer with such a page says besides what the page itself
// adds.
var pageHead = func() http.Header {
	h := maps.Clone(guards)
	h["Cache-Control"] = ownCache
	return h
}()

// ownCache lets a browser keep a page, and ask whether it has changed.
var ownCache = []string{"private, no-cache"}

// fixedPage is a page that is the same for everyone.
type fixedPage struct {
	*document
	lang content.Lang
}

// home gathers the front page.
func (s *Server) home(lang content.Lang) view.Home {
	var h view.Home
	for _, l := range s.Course.Lessons() {
		p := l.Pages[lang]
		h.Lessons = append(h.Lessons, view.LessonCard{
			Number: l.Number, Slug: l.Slug, Title: p.Title, Summary: p.Summary, Minutes: p.Minutes,
			Exercises: s.cards(lang, l.Slug),
		})
	}
	h.Loose = s.cards(lang, "")
	if i := slices.IndexFunc(s.exercises, leaks); i >= 0 {
		h.First = &view.Link{Path: "exercises/" + s.exercises[i].Slug}
		h.Sample = sample(s.exercises[i])
	}
	return h
}

// leaks reports whether an exercise begins with a leak: that is what the front
// page invites to mend.
func leaks(ex *exercises.Exercise) bool {
	return len(ex.Starter.Expect) > 0 && ex.Starter.Expect[0] == string(grader.KindLeak)
}

// sample returns what the verdict on an exercise's starter will say first, or
// nil where its author left the place open.
func sample(ex *exercises.Exercise) *view.Finding {
	start := ex.Starter
	lines := quote(string(start.Files[start.File]), start.Line)
	if len(lines) == 0 || len(start.Expect) == 0 {
		return nil
	}
	return &view.Finding{Kind: start.Expect[0], Place: view.Place{File: start.File, Line: start.Line}, Quote: lines}
}

// cards lists the exercises of a lesson, or with "" those of no lesson that
// there is.
func (s *Server) cards(lang content.Lang, lesson string) []view.ExerciseCard {
	var cards []view.ExerciseCard
	for _, ex := range s.exercises {
		home := ex.Lesson
		if _, ok := s.Course.Lesson(home); !ok {
			home = ""
		}
		if home == lesson {
			cards = append(cards, s.prose[proseKey{ex.Slug, lang}].card)
		}
	}
	return cards
}

// lesson gathers a lesson's page.
func (s *Server) lesson(l *lessons.Lesson, lang content.Lang) view.Lesson {
	p := l.Pages[lang]
	out := view.Lesson{
		Slug: l.Slug, Number: l.Number, Title: p.Title, Summary: p.Summary, Minutes: p.Minutes,
		Contents: nested(p.Sections), Previous: lessonLink(l.Previous, lang), Next: lessonLink(l.Next, lang),
	}
	for _, part := range p.Body {
		out.Parts = append(out.Parts, s.part(part, l.Slug, lang))
	}
	return out
}

func lessonLink(l *lessons.Lesson, lang content.Lang) *view.Link {
	if l == nil {
		return nil
	}
	return &view.Link{Path: "lessons/" + l.Slug, Text: l.Pages[lang].Title}
}

// nested puts the headings of level 3 below those of level 2.
func nested(flat []lessons.Heading) []view.Heading {
	var out []view.Heading
	for _, h := range flat {
		entry := view.Heading{ID: h.ID, Text: h.Text}
		if h.Level == 2 || len(out) == 0 {
			out = append(out, entry)
			continue
		}
		above := &out[len(out)-1]
		above.Sub = append(above.Sub, entry)
	}
	return out
}

func (s *Server) part(p lessons.Part, slug string, lang content.Lang) view.Part {
	switch {
	case p.Run != nil:
		sample := s.sampleView(p.Run, slug, lang)
		sample.Expect = p.Run.Expect
		return view.Part{Sample: &sample}
	case p.Activity != nil:
		a := s.activityView(p.Activity, slug, lang)
		return view.Part{Activity: &a}
	case p.Exercise != "":
		prose, ok := s.prose[proseKey{p.Exercise, lang}]
		if !ok {
			return view.Part{} // a defect that only its author sees
		}
		return view.Part{Exercise: &prose.card}
	}
	return view.Part{Prose: view.HTML(p.HTML)}
}

// sampleView returns a program as the page draws it.
func (s *Server) sampleView(p *lessons.Runnable, slug string, lang content.Lang) view.Sample {
	return view.Sample{ID: p.ID, Code: view.HTML(p.HTML), Action: s.runAction(lang, slug, p.ID)}
}

// activityView returns an activity as the page draws it.
func (s *Server) activityView(a *lessons.Activity, slug string, lang content.Lang) view.Activity {
	out := view.Activity{
		Kind: string(a.Kind), ID: a.ID, Question: view.HTML(a.Question), Code: view.HTML(a.CodeHTML),
		After: view.HTML(a.After), Answer: view.HTML(a.Answer), Prompt: a.Prompt, Exercise: a.Exercise,
		Action: s.Root + "/" + string(lang) + "/lessons/" + slug + "/activities/" + a.ID,
	}
	if a.Run != nil { // to be run once it is known what the reader expects
		sample := s.sampleView(a.Run, slug, lang)
		sample.Waiting, out.Code, out.Sample = true, "", &sample
	}
	for _, c := range a.Choices {
		out.Choices = append(out.Choices, view.HTML(c.HTML))
	}
	return out
}

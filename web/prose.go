package web

import (
	"manche/content"
	"manche/exercises"
	"manche/lessons"
	"manche/web/view"
)

// proseKey names what there is to read of one exercise in one language.
type proseKey struct {
	slug string
	lang content.Lang
}

// exerciseProse is that, rendered.
type exerciseProse struct {
	card    view.ExerciseCard
	brief   view.HTML
	hints   []view.HTML
	explain map[string]view.HTML  // by kind of finding, and by name of wrong answer
	why     map[string]*view.Link // by kind of finding
	right   []view.RightAnswer    // the reference first
	checks  []view.NamedCheck
}

// renderProse renders all that there is to read of the exercises. Defects are
// the author's business: whoever loads a course to serve it has looked at them.
func renderProse(course *lessons.Course, all []*exercises.Exercise) map[proseKey]exerciseProse {
	out := make(map[proseKey]exerciseProse)
	for _, ex := range all {
		for lang, p := range ex.Prose {
			out[proseKey{ex.Slug, lang}] = renderExercise(course, ex, lang, p)
		}
	}
	return out
}

func renderExercise(course *lessons.Course, ex *exercises.Exercise, lang content.Lang, p exercises.Prose) exerciseProse {
	html := func(s exercises.Section) view.HTML {
		text, _ := course.Render(lang, s)
		return view.HTML(text)
	}
	out := exerciseProse{card: cardOf(ex, lang), brief: html(p.Brief), explain: make(map[string]view.HTML)}
	for _, hint := range p.Hints {
		out.hints = append(out.hints, html(hint))
	}
	for name, section := range p.Explain {
		out.explain[name] = html(section)
	}
	out.why = whyView(course, ex, lang)
	out.right = []view.RightAnswer{{Files: coloured(ex.Editable, ex.Reference)}}
	for _, answer := range ex.Right { // the author's order
		if section, ok := p.Right[answer.Name]; ok {
			out.right = append(out.right, view.RightAnswer{Name: answer.Name, Text: html(section), Files: coloured(ex.Editable, answer.Files)})
		}
	}
	for _, name := range ex.CheckList {
		c := view.NamedCheck{Name: name}
		if section, ok := p.Checks[name]; ok {
			c.Text = html(section)
		}
		out.checks = append(out.checks, c)
	}
	return out
}

// cardOf returns an exercise as others point to it.
func cardOf(ex *exercises.Exercise, lang content.Lang) view.ExerciseCard {
	p := ex.Prose[lang]
	return view.ExerciseCard{
		Slug: ex.Slug, Title: lessons.Typeset(lang, p.Title), Summary: lessons.Typeset(lang, p.Summary), Kind: string(ex.Kind), Level: ex.Level,
	}
}

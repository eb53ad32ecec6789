package lessons

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
)

const runPrefix = "run-" // and the place of a runnable block on its page

// page builds the page of a draft whose headings have their anchors.
func (d *draft) page() *Page {
	p := &Page{Minutes: d.meta.minutes}
	p.Title = d.plain(d.meta.lines["title"], d.meta.title)
	p.Summary = d.plain(d.meta.lines["summary"], d.meta.summary)
	for i, h := range d.headings {
		p.Sections = append(p.Sections, Heading{Level: h.Level, ID: d.ids[i], Text: d.headingText(i)})
	}
	for _, b := range d.exercises {
		if _, ok := d.catalog.Lookup(b.id); !ok {
			d.report(b.line, keyMarkerExercise, "slug", b.id)
		}
		p.Exercises = append(p.Exercises, b.id)
	}
	d.runnables(p)
	d.body(p)
	return p
}

// runnables makes the runnable blocks, where they may stand: on the page itself
// or in a prediction.
func (d *draft) runnables(p *Page) {
	for _, f := range d.fences {
		if !f.run {
			continue
		}
		if b, ok := f.box.Parent().(*box); f.box.Parent() != d.doc && !(ok && b.kind == string(Predict)) {
			d.report(f.line, keyCodeRunPlace)
			continue
		}
		f.runnable = &Runnable{
			ID:     runPrefix + strconv.Itoa(len(p.Runnables)+1),
			Code:   f.code,
			HTML:   f.html(),
			Expect: f.expect,
			Lines:  strings.Count(f.code, "\n"),
			file:   d.file, line: f.line, prints: printed(f),
		}
		p.Runnables = append(p.Runnables, f.runnable)
	}
}

// printed is the text block right after a program, which holds what it prints.
func printed(f *fence) *fence {
	next, ok := f.box.NextSibling().(*box)
	if !ok || next.kind != boxCode || next.code.language != "text" {
		return nil
	}
	return next.code
}

// body cuts the page at its components.
func (d *draft) body(p *Page) {
	var text []ast.Node
	flush := func() {
		if len(text) > 0 {
			p.Body = append(p.Body, Part{HTML: d.html(text...)})
			text = nil
		}
	}
	for _, n := range children(d.doc) {
		text = append(text, d.markBefore(n)...)
		part, ok := d.component(n)
		if !ok {
			text = append(text, n)
			continue
		}
		flush()
		p.Body = append(p.Body, part)
		if part.Activity != nil {
			p.Activities = append(p.Activities, part.Activity)
		}
	}
	text = append(text, d.markBehind()...)
	flush()
}

// component returns a block that the page draws as a component.
func (d *draft) component(n ast.Node) (Part, bool) {
	b, ok := n.(*box)
	switch {
	case !ok:
		return Part{}, false
	case b.kind == boxExercise:
		return Part{Exercise: b.id}, true
	case b.kind == boxCode && b.code.runnable != nil:
		return Part{Run: b.code.runnable}, true
	case isActivity(b.kind):
		return Part{Activity: d.activity(b)}, true
	}
	return Part{}, false
}

package lessons

import (
	"path"
	"strconv"
)

// element is something that both pages of a lesson must have in the same place.
type element struct {
	label    string // the same in all languages
	line     int
	activity *Activity
	bare     string // of Go code
}

// parity reports where the two pages of a lesson do not say the same. A page
// with an activity too many is one defect: what follows it is not compared.
func parity(a, b *draft, pageA, pageB *Page) {
	compare(a, b, a.headingElements(), b.headingElements())
	compare(a, b, a.activityElements(pageA), b.activityElements(pageB))
	compare(a, b, a.codeElements(), b.codeElements())
	compare(a, b, a.exerciseElements(), b.exerciseElements())
}

func compare(a, b *draft, left, right []element) {
	for i := range max(len(left), len(right)) {
		switch {
		case i >= len(right):
			a.report(left[i].line, keyParityOnly, "what", left[i].label, "other", path.Base(b.file))
			return
		case i >= len(left):
			b.report(right[i].line, keyParityOnly, "what", right[i].label, "other", path.Base(a.file))
			return
		case left[i].label != right[i].label:
			a.report(left[i].line, keyParityDiffers, "here", left[i].label, "there", right[i].label,
				"other", path.Base(b.file), "line", strconv.Itoa(right[i].line))
			return
		}
		a.compareKey(b, left[i], right[i])
	}
}

// compareKey compares what two elements of one label hold.
func (d *draft) compareKey(other *draft, here, there element) {
	place := []string{"other", path.Base(other.file), "line", strconv.Itoa(there.line)}
	if here.bare != there.bare {
		d.report(here.line, keyParitySource, place...)
	}
	if here.activity == nil || there.activity == nil {
		return
	}
	n, m := len(here.activity.Choices), len(there.activity.Choices)
	switch {
	case n != m:
		d.report(here.line, keyParityChoices, append(place, "here", strconv.Itoa(n), "there", strconv.Itoa(m))...)
	case here.activity.Right != there.activity.Right:
		d.report(here.line, keyParityRight, place...)
	}
}

func (d *draft) headingElements() []element {
	var list []element
	for _, h := range d.headings {
		list = append(list, element{label: "######"[:min(h.Level, 6)], line: d.lineOf(h)})
	}
	return list
}

func (d *draft) activityElements(p *Page) []element {
	byID := func(id string) *Activity {
		a, _ := p.Activity(id)
		return a
	}
	var list []element
	for _, b := range d.activities {
		label := b.kind + ": " + b.id
		if b.verdict != "" {
			label += " verdict=" + b.verdict
		}
		if b.exercise != "" {
			label += " exercise=" + b.exercise
		}
		list = append(list, element{label: label, line: b.line, activity: byID(b.id)})
	}
	return list
}

func (d *draft) codeElements() []element {
	var list []element
	for _, f := range d.fences {
		list = append(list, element{label: f.label(), line: f.line, bare: f.bare()})
	}
	return list
}

func (d *draft) exerciseElements() []element {
	var list []element
	for _, b := range d.exercises {
		list = append(list, element{label: "exercise: " + b.id, line: b.line})
	}
	return list
}

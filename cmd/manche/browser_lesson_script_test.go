//go:build linux

package main_test

import (
	"fmt"
	"testing"

	"manche/content"
	"manche/lessons"
)

// TestBrowserLesson answers the questions of a lesson with JavaScript: the page
// stays open, and what was answered is found again.
func TestBrowserLesson(t *testing.T) {
	browser := openChromium(t)
	site := openSite(t)
	for _, lang := range content.Langs {
		v := visitor{site: site, browser: browser, lang: lang}
		t.Run("answers stay on the page/"+string(lang), v.answersOnThePage)
		t.Run("the contents follow/"+string(lang), v.readsOn)
		t.Run("drafts cross the language switch/"+string(lang), v.switchesWithDrafts)
	}
}

// question returns the lesson's first activity of a kind.
func (p *tab) question(kind lessons.ActivityKind) *lessons.Activity {
	p.Helper()
	l, ok := p.site.course.Lesson(lesson)
	if !ok {
		p.Fatalf("there is no lesson %q", lesson)
	}
	for _, a := range l.Pages[p.lang].Activities {
		if a.Kind == kind {
			return a
		}
	}
	p.Fatalf("lesson %s has no activity of the kind %q", lesson, kind)
	return nil
}

// readsOn scrolls through a lesson, whose contents tell where its reader is.
func (v visitor) readsOn(t *testing.T) {
	p := v.open(t)
	p.visit("lessons/" + lesson)
	const here = `document.querySelector(".contents [aria-current]")`
	seen := make(map[string]bool)
	for _, section := range []int{2, 0} {
		ask[bool](p, fmt.Sprintf(`!document.querySelectorAll(".prose h2[id]")[%d].scrollIntoView()`, section))
		// What it names has begun, and the next one has not.
		p.await(`(() => {
			const all = [...document.querySelectorAll(".contents a")], at = all.indexOf(` + here + `);
			const top = (link) => link ? document.getElementById(link.hash.slice(1)).getBoundingClientRect().top : Infinity;
			return at >= 0 && top(all[at]) < innerHeight / 2 && top(all[at + 1]) > 0;
		})()`)
		seen[ask[string](p, here+`.hash`)] = true
	}
	if len(seen) != 2 {
		t.Errorf("two places of the lesson are called %v", seen)
	}
	ask[bool](p, `!scrollTo(0, 0)`)
	p.await(`!` + here)
}

// answersOnThePage gives a wrong prediction and an answer in own words, comes
// back later, and finds both.
func (v visitor) answersOnThePage(t *testing.T) {
	p := v.open(t)
	p.visit("lessons/" + lesson)
	prediction, recall := p.question(lessons.Predict), p.question(lessons.Recall)
	wrong := (prediction.Right + 1) % len(prediction.Choices)
	radio := fmt.Sprintf(`form[data-activity=%q] input[value="%d"]`, prediction.ID, wrong)
	p.click(radio)
	p.click(fmt.Sprintf(`form[data-activity=%q] button`, prediction.ID))
	p.awaitAnswered(prediction)
	p.want("the result", p.text(".answered .result"), p.say("web.predict.bad"))

	area := fmt.Sprintf(`form[data-activity=%q] textarea`, recall.ID)
	p.focus(area)
	p.write("é « <b>ok</b> »")
	p.click(fmt.Sprintf(`form[data-activity=%q] button`, recall.ID))
	p.awaitAnswered(recall)
	p.want("the words", p.text(fmt.Sprintf(`[data-answered=%q] .words`, recall.ID)), "é « <b>ok</b> »")
	p.awaitPage("lessons/" + lesson) // and still on it

	p.visit("lessons/" + lesson)
	p.await(fmt.Sprintf(`document.querySelector(%q).checked && document.querySelector(%q).value !== ""`, radio, area))
	if shown := ask[int](p, `document.querySelectorAll("[data-answered]").length`); shown != 0 {
		t.Errorf("%d answers are open on a page that was just opened, want 0", shown)
	}
	again := `.activity[data-done]:has(form[data-activity=%q]) [data-again] a`
	p.click(fmt.Sprintf(again, prediction.ID))
	p.awaitAnswered(prediction)
}

// awaitAnswered waits until the answered part of an activity is shown in its
// place, and has the focus.
func (p *tab) awaitAnswered(a *lessons.Activity) {
	p.Helper()
	p.await(fmt.Sprintf(`document.activeElement === document.querySelector('[data-result] > [data-answered=%q]')`, a.ID))
	if model := p.text(fmt.Sprintf(`[data-answered=%q] .model`, a.ID)); len(model) < 20 {
		p.Errorf("%s: the course's answer is %q", a.ID, model)
	}
}

// switchesWithDrafts goes to the other language with an answer that is not sent.
func (v visitor) switchesWithDrafts(t *testing.T) {
	p := v.open(t)
	p.visit("lessons/" + lesson)
	prediction, explanation := p.question(lessons.Predict), p.question(lessons.Explain)
	radio := fmt.Sprintf(`form[data-activity=%q] input[value="1"]`, prediction.ID)
	area := fmt.Sprintf(`form[data-activity=%q] textarea`, explanation.ID)
	p.click(radio)
	p.focus(area)
	p.write("not sent")
	p.click("[data-lang-switch]")
	p.lang = p.lang.Other()
	p.awaitPage("lessons/" + lesson)
	p.await(fmt.Sprintf(`document.querySelector(%q).value === "not sent" && document.querySelector(%q).checked`, area, radio))
	if marked := ask[int](p, `document.querySelectorAll(".activity[data-done]").length`); marked != 0 {
		t.Errorf("%d activities are marked as answered, want 0", marked)
	}
}

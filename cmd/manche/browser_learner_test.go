//go:build linux

package main_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"manche/content"
)

// The exercise that these tests solve, and where its starter leaks.
const (
	slug   = "fix-the-leak"
	lesson = "leaks"
	file   = "search.go"
	sent   = 16 // the line that sends
	begun  = 15 // the line that starts the goroutine
	taken  = 19 // the line that receives
)

// code is the text area, which holds the answer with and without the editor.
const code = `document.querySelector("textarea[data-editor]").value`

const editor = ".cm-content"

// findsTheExercise comes in by the front door and follows the links to the
// exercise, as somebody does who knows no address.
func (p *tab) findsTheExercise() {
	p.Helper()
	p.do("coming in", chromedp.Navigate(p.site.base+"/"))
	p.awaitPage("")
	p.click(`.lesson-card h3 a[href$="/lessons/` + lesson + `"]`)
	p.awaitPage("lessons/" + lesson)
	p.click(`.exercise-card a[href$="/exercises/` + slug + `"]`)
	p.awaitPage("exercises/" + slug)
}

// starter returns the code that the exercise begins with.
func (v visitor) starter(t *testing.T) string {
	t.Helper()
	ex, ok := v.site.catalog.Lookup(slug)
	if !ok {
		t.Fatalf("there is no exercise %q", slug)
	}
	return string(ex.Starter.Files[file])
}

// mended returns a right answer. The remark makes it one that the server has not
// judged before.
func (v visitor) mended(t *testing.T, remark string) string {
	t.Helper()
	right := strings.Replace(v.starter(t), "make(chan int)", "make(chan int, 1)", 1)
	return right + "\n// " + remark + "\n"
}

// wantLeak holds the verdict on the starter against what has to be said of it.
func (p *tab) wantLeak() {
	p.Helper()
	p.awaitVerdict("failed")
	sentence := p.site.leak(p.lang)
	p.want("the sentence", p.text("[data-finding-text]"), sentence)
	p.want("the place", p.text(".finding h3 .place"), "search.go:16")
	p.want("the quoted line", p.text(".finding .quote mark .n"), "16")
	p.want("the heading's language", ask[string](p, `document.querySelector("[data-finding-text]").closest("[lang]").lang`), string(p.lang))
	if other := p.site.leak(p.lang.Other()); other == sentence {
		p.Errorf("the sentence is the same in both languages: %q", sentence)
	}
}

// leak is what has to be said of the starter, as a page shows it.
func (s *site) leak(lang content.Lang) string {
	who := s.say(lang, "goroutine.runs", "line", begun, "runs", "lookup")
	text := s.say(lang, "finding.leak.send_left", "who", who, "line", sent, "on", "answer", "n", 1, "partners", taken)
	return strings.ReplaceAll(text, "`", "")
}

// markedLines reads the numbers of the lines that have a mark in the gutter.
const markedLines = `[...document.querySelectorAll(".cm-lint-marker-error")].map((mark) => {
	const box = mark.getBoundingClientRect(), middle = (box.top + box.bottom) / 2;
	const at = (e) => { const r = e.getBoundingClientRect(); return r.top <= middle && middle < r.bottom; };
	return [...document.querySelectorAll(".cm-lineNumbers .cm-gutterElement")].find(at)?.textContent;
}).join()`

// mendsTheLeak is the way of a learner with JavaScript.
func (v visitor) mendsTheLeak(t *testing.T) {
	p := v.open(t)
	p.findsTheExercise()
	p.do("waiting for the editor", chromedp.WaitVisible(chromedp.CSS(editor)))
	p.want("the code", ask[string](p, code), v.starter(t))
	p.focus(editor)
	p.submit()
	p.wantLeak()
	p.want("the marked lines", ask[string](p, markedLines), "16")
	p.want("the focus", ask[string](p, `document.activeElement.id`), "verdict-heading")
	p.await(`((r) => r.top >= 0 && r.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())`)

	answer := v.mended(t, "typed in "+string(v.lang))
	p.focus(editor)
	p.rewrite(answer)
	p.want("the code", ask[string](p, code), answer)
	p.submit()
	p.awaitVerdict("passed")
	p.want("the marked lines", ask[string](p, markedLines), "")
	p.awaitPage("exercises/" + slug) // and still on it
}

// mendsTheLeakInForms is the same way without JavaScript: the answer is a form,
// and the page asks for the verdict by itself.
func (v visitor) mendsTheLeakInForms(t *testing.T) {
	p := v.open(t)
	p.withoutScripts()
	p.findsTheExercise()
	if ask[bool](p, `!!document.querySelector(".cm-editor")`) {
		t.Fatal("the editor is there: JavaScript is not off")
	}
	p.focus("textarea[data-editor]")
	p.rewrite(v.starter(t) + "\n// sent as a form, " + string(v.lang) + "\n")
	p.click("[data-submit]")
	p.wantLeak()

	p.focus("textarea[data-editor]")
	p.rewrite(v.mended(t, "sent as a form, "+string(v.lang)))
	p.click("[data-submit]")
	p.awaitVerdict("passed")
	p.want("the address", ask[string](p, `location.pathname.split("/").slice(1, 3).join("/")`), string(v.lang)+"/submissions")
	p.want("controls that need JavaScript", ask[string](p, `[...document.querySelectorAll("[data-js]")].filter((e) => e.checkVisibility()).map((e) => e.outerHTML).join()`), "")
}

// switchesLanguage goes to the other language and back with unsent code.
func (v visitor) switchesLanguage(t *testing.T) {
	p := v.open(t)
	p.visit("exercises/" + slug)
	unsent := v.mended(t, "not sent")
	p.focus(editor)
	p.rewrite(unsent)
	for range 2 {
		p.click("[data-lang-switch]")
		p.lang = p.lang.Other()
		p.awaitPage("exercises/" + slug)
		p.do("waiting for the editor", chromedp.WaitVisible(chromedp.CSS(editor)))
		p.want("the code in "+string(p.lang), ask[string](p, code), unsent)
	}
	p.want("the language", string(p.lang), string(content.EN))
}

// leavesTheEditor goes on by keyboard, past a field in which Tab indents.
func (v visitor) leavesTheEditor(t *testing.T) {
	p := v.open(t)
	p.visit("exercises/" + slug)
	p.focus(editor)
	p.press(kb.Tab)
	if got := ask[string](p, code); !strings.HasPrefix(got, "\tpackage") {
		t.Errorf("Tab in the editor: got %.20q, want it to indent", got)
	}
	p.press(kb.Escape)
	p.press(kb.Tab)
	p.want("the focus", ask[string](p, `document.activeElement.hasAttribute("data-submit")`+` ? "submit" : document.activeElement.outerHTML`), "submit")
}

// countPosts has the page count what it submits.
const countPosts = `(() => {
	const send = window.fetch;
	window.posts = 0;
	window.fetch = (...request) => {
		window.posts += request[1]?.method === "POST" && request[0].endsWith("/submissions");
		return send(...request);
	};
	return true;
})()`

// clicksTwice submits with a double click. One submission is sent, and one is
// kept.
func (v visitor) clicksTwice(t *testing.T) {
	p := v.open(t)
	p.visit("exercises/" + slug)
	p.focus(editor)
	p.rewrite(v.mended(t, "clicked twice"))
	ask[bool](p, countPosts)
	buttons, err := chromedp.Run(p.ctx, chromedp.Nodes(chromedp.CSS("[data-submit]")))
	if err != nil || len(buttons) != 1 {
		t.Fatalf("the button that submits: %d of them, %v", len(buttons), err)
	}
	p.do("clicking twice", chromedp.MouseClickNode(buttons[0]), chromedp.MouseClickNode(buttons[0], chromedp.ClickCount(2)))
	p.awaitVerdict("passed")
	if sent := ask[int](p, `window.posts`); sent != 1 {
		t.Errorf("a double click sent %d submissions, want 1", sent)
	}
	p.visit("progress")
	if got, want := p.text(".mine .facts"), p.say("web.mine.attempts", "n", 1); !strings.Contains(got, want) {
		t.Errorf("my progress: got %q, want %q in it", got, want)
	}
}

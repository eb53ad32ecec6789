//go:build linux

package main_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// said is what the page says of the code while it is typed.
const said = "#diagnostics"

// readings are the requests to read the code, and counting has the page count, as
// window.applied, those whose answers it has made use of.
const (
	readings = `performance.getEntriesByType("resource").filter((r) => r.name.endsWith("/diagnostics"))`
	counting = `((json) => {
	window.applied = 0;
	Response.prototype.json = async function () {
		const value = await json.call(this);
		if (this.url.endsWith("/diagnostics")) setTimeout(() => window.applied++); // what awaits the value comes first
		return value;
	};
	return true;
})(Response.prototype.json)`
)

// writesWithHelp is the way of a learner who writes: what is wrong is marked while
// it is typed, keys lay the code out and go to what is wrong, and what was changed
// can be seen. No mouse is needed.
func (v visitor) writesWithHelp(t *testing.T) {
	p := v.open(t)
	p.visit("exercises/" + slug)
	p.do("waiting for the editor", chromedp.WaitVisible(chromedp.CSS(editor)))
	p.focus(editor)
	typing := ask[float64](p, `performance.now()`)

	wrong := strings.NewReplacer(
		"answer := make(chan int)", "answer   :=   make(chan int, \"one\")",
		"\"errors\"\n\t\"time\"", "\"time\"\n\"errors\"", // gofmt sorts these
	).Replace(v.starter(t))
	p.rewrite(wrong)
	p.await(`!!document.querySelector(".cm-lint-marker-error")`)
	p.want("a starter, commented on before", fmt.Sprint(ask[bool](p, fmt.Sprintf(`%s[0].startTime < %f`, readings, typing))), "false")
	p.want("the marked lines", ask[string](p, markedLines), fmt.Sprint(lineOf(wrong, "make(chan")))
	p.await(`document.querySelector("` + said + `").textContent !== ""`)
	p.want("what is said", p.text(said), p.say("web.diagnostics.one"))
	p.want("the focus", ask[string](p, `document.activeElement.className.split(" ")[0]`), "cm-content")

	p.press(kb.F8)
	p.await(`document.querySelector(".cm-announced")?.textContent.includes("one")`)
	sentence, _, _ := strings.Cut(p.say("finding.build.types", "message", "|"), "`")
	p.want("the sentence", ask[string](p, `document.querySelector(".cm-announced").textContent.replaceAll("\u00a0", " ").slice(0, `+fmt.Sprint(len([]rune(sentence)))+`)`), sentence)

	p.press("s", chromedp.ModifierCtrl)
	laid := strings.Replace(v.starter(t), "make(chan int)", "make(chan int, \"one\")", 1)
	p.await(fmt.Sprintf(`%s === %q`, code, laid))
	p.want("what is said", p.text("#progress"), p.say("web.format.done"))
	p.press("z", chromedp.ModifierCtrl)
	p.want("the code, undone", ask[string](p, code), wrong)

	p.rewrite(v.mended(t, "compared"))
	p.await(`!document.querySelector(".cm-lint-marker-error")`)
	p.await(`document.querySelector("` + said + `").textContent === ""`)
	p.focus("[data-changes]")
	p.press(kb.Enter)
	p.await(`document.querySelectorAll(".cm-changedLine").length > 0 && !!document.querySelector(".cm-deletedChunk")`)
	p.want("the button", ask[string](p, `document.querySelector("[data-changes]").ariaPressed`), "true")
	p.press(kb.Enter)
	p.await(`!document.querySelector(".cm-changedLine")`)
}

// seesEachFaultOnce has code judged that was warned of while it was typed: where it
// was seen to go wrong, the warning goes, and the mark stays at its line while more
// is written.
func (v visitor) seesEachFaultOnce(t *testing.T) {
	const marks = `["error", "warning"].map((s) => document.querySelectorAll(".cm-lint-marker-" + s).length).join()`
	p := v.open(t)
	p.visit("exercises/" + slug)
	ask[bool](p, counting)
	p.do("waiting for the editor", chromedp.WaitVisible(chromedp.CSS(editor)))
	p.focus(editor)
	p.rewrite(v.starter(t) + "\n// once\n")
	p.await(marks + ` === "0,1"`)
	p.submit()
	p.awaitVerdict("failed")
	p.await(marks + ` === "1,0"`)
	p.want("the marked lines", ask[string](p, markedLines), fmt.Sprint(sent))

	before := ask[int](p, `window.applied`)
	p.focus(editor)
	p.press(kb.Home, chromedp.ModifierCtrl)
	p.write("// More above it.\n")
	p.await(fmt.Sprintf(`window.applied > %d`, before))
	p.want("the marked lines", ask[string](p, markedLines), fmt.Sprint(sent+1))
	p.press("M", chromedp.ModifierCtrl, chromedp.ModifierShift) // the list of all
	p.await(`!!document.querySelector(".cm-panel-lint li")`)
	p.want("errors and warnings", ask[string](p, `[...document.querySelectorAll(".cm-panel-lint li")].map((e) => e.className).join()`), "cm-diagnostic cm-diagnostic-error")
}

// lineOf is the number of the first line with the text.
func lineOf(src, text string) int {
	before, _, _ := strings.Cut(src, text)
	return 1 + strings.Count(before, "\n")
}

// comparesAnswers reads the other right answers beside the one that passed.
func (v visitor) comparesAnswers(t *testing.T) {
	p := v.open(t)
	p.visit("exercises/" + slug)
	p.focus(editor)
	p.rewrite(v.mended(t, "to compare"))
	p.submit()
	p.awaitVerdict("passed")
	ask[bool](p, `(document.querySelectorAll(".rights details")[2].open = true)`)
	p.focus(`.rights li:nth-child(3) [data-beside]`)
	p.press(kb.Enter)
	p.await(`document.querySelectorAll("#beside[open] .cm-merge-a, #beside[open] .cm-merge-b").length === 2`)
	p.want("the focus", ask[string](p, `document.activeElement.id`), "beside-heading")
	p.want("the heading", p.text("#beside-heading"), "done-channel")
	for _, text := range []string{"to compare", "done"} {
		p.await(fmt.Sprintf(`document.querySelector("#beside").textContent.includes(%q)`, text))
	}
	p.do("loading axe", chromedp.Evaluate[chromedp.Void](axe))
	for _, violation := range ask[[]string](p, violations) {
		p.Errorf("the comparison: %s", violation)
	}
	p.press(kb.Escape)
	p.await(`!document.querySelector("#beside[open]") && !document.querySelector(".cm-mergeView")`)
}

// writesInPlainText does without the editor: nothing is marked, and the keys that lay
// the code out and undo that are the same.
func (v visitor) writesInPlainText(t *testing.T) {
	p := v.open(t)
	p.visit("exercises/" + slug)
	p.do("waiting for the editor", chromedp.WaitVisible(chromedp.CSS(editor)))
	p.click("[data-plain-editor]")
	p.focus("textarea[data-editor]")
	messy := strings.Replace(v.starter(t), "answer := make", "answer  :=  make", 1)
	p.rewrite(messy)
	at := strings.Index(messy, "chan int")
	ask[bool](p, fmt.Sprintf(`!document.activeElement.setSelectionRange(%d, %d)`, at, at))
	p.press("s", chromedp.ModifierCtrl)
	p.await(fmt.Sprintf(`%s === %q`, code, v.starter(t)))
	p.want("the cursor", fmt.Sprint(ask[int](p, `document.activeElement.selectionStart`)), fmt.Sprint(at-2))
	p.await(`document.querySelector("#progress").textContent !== ""`)
	p.want("what is said", p.text("#progress"), p.say("web.format.done"))
	for range 2 { // two changes, which a text area undoes one by one
		p.press("z", chromedp.ModifierCtrl)
	}
	p.want("the code, undone", ask[string](p, code), messy)
}

// formatsInForms lays code out without JavaScript.
func (v visitor) formatsInForms(t *testing.T) {
	p := v.open(t)
	p.withoutScripts()
	p.visit("exercises/" + slug)
	p.focus("textarea[data-editor]")
	p.rewrite(strings.Replace(v.starter(t), "answer := make", "answer  :=  make", 1))
	p.click(`button[name="format"]`)
	p.await(`!!document.querySelector(".notice")`)
	p.want("what is said", p.text(".notice"), p.say("web.format.done"))
	p.want("the code", ask[string](p, code), v.starter(t))
}

// TestTabs sees an exercise of two files, of a course that has one.
func TestTabs(t *testing.T) {
	browser := openChromium(t)
	v := visitor{site: &site{base: startServer(t, "--course", "testdata/files").url}, browser: browser, lang: "en"}
	p := v.open(t)
	p.visit("exercises/sum")
	p.do("waiting for the editor", chromedp.WaitVisible(chromedp.CSS(editor)))
	const shown = `[...document.querySelectorAll("[role=tabpanel]")].filter((e) => e.checkVisibility()).map((e) => e.querySelector("textarea").dataset.file).join()`
	p.want("the tabs", ask[string](p, `[...document.querySelectorAll("[role=tab]")].map((e) => e.textContent).join()`), "add.go,sum.go")
	p.want("the file", ask[string](p, shown), "add.go")

	p.focus(`[role=tab][aria-selected="true"]`)
	p.press(kb.ArrowRight)
	p.want("the file", ask[string](p, shown), "sum.go")
	p.want("the focus", ask[string](p, `document.activeElement.id`), "tab-sum.go")
	p.do("waiting for the editor", chromedp.WaitVisible(chromedp.CSS(`.file:not([hidden]) .cm-content`)))

	// What is wrong in one file can show in the other.
	p.focus(`.file:not([hidden]) .cm-content`)
	p.rewrite("package sum\n\n// Sum adds two numbers.\nfunc Sum(a, b int) int { return plus(a, b) }\n")
	p.await(`!!document.querySelector("#tab-sum\\.go.marked") && !document.querySelector("#tab-add\\.go.marked")`)
	p.rewrite("package sum\n\n// Sum adds two numbers.\nfunc Sum(a, b int) int { return add(a, b) }\n")
	p.await(`!document.querySelector(".tabs .marked")`)

	// A finding leads to its file and line.
	p.submit()
	p.await(`!!document.querySelector(".verdict.outcome-failed")`)
	p.await(`!!document.querySelector("#tab-add\\.go.marked")`)
	p.click(`a.place[data-go-file="add.go"]`)
	p.await(shown + ` === "add.go"`)
	p.await(`document.activeElement.closest(".file")?.querySelector("textarea").dataset.file === "add.go"`)
	p.do("loading axe", chromedp.Evaluate[chromedp.Void](axe))
	p.look("tabs", wide, "light")
	p.look("tabs-narrow", narrow, "dark")
}

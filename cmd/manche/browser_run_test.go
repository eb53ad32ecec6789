//go:build linux

package main_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"manche/lessons"
)

// The first program of the lesson, which leaks, and where the page has what.
const (
	block     = "run-1"
	runButton = `form[data-run="` + block + `"] [data-run-start]`
	runEdit   = `form[data-run="` + block + `"] [data-run-edit]`
	runStop   = `form[data-run="` + block + `"] [data-run-stop]`
	runReset  = `form[data-run="` + block + `"] [data-run-reset]`
	runStatus = `form[data-run="` + block + `"] [role=status]`
	runOutput = `[data-run-output]`
	runCode   = `document.querySelector("#` + block + ` code").textContent`
	// inEditor is the editor's shadow tree.
	inEditor = `document.querySelector(".run-editing").shadowRoot`
)

// Programs that a reader may write.
const (
	racing  = "package main\n\nimport \"sync\"\n\nfunc main() {\n\tn := 0\n\tvar wg sync.WaitGroup\n\tfor range 2 {\n\t\twg.Go(func() { n++ })\n\t}\n\twg.Wait()\n\tprintln(\"done\", n)\n}\n"
	endless = "package main\n\nimport (\n\t\"fmt\"\n\t\"time\"\n)\n\nfunc main() {\n\tfmt.Print(\"begun\")\n\tfor range time.Tick(time.Hour) {\n\t}\n}\n"
)

// runsPrograms runs a lesson's program where it stands, changes it, and stops one
// that never ends.
func (v visitor) runsPrograms(t *testing.T) {
	p := v.open(t)
	p.visit("lessons/" + lesson)
	original := ask[string](p, runCode)
	p.click(runButton)
	p.awaitRun("leak")
	if said := p.text(runOutput); !strings.Contains(said, "100") {
		t.Errorf("the program prints %q, want the count of what it left behind", said)
	}
	p.want("the focus", ask[string](p, `document.activeElement.closest("form")?.dataset.run ?? ""`), block)

	p.click(runEdit)
	p.await(inEditor + `?.activeElement?.matches(".cm-content")`)
	p.rewrite(racing)
	p.want("the code", ask[string](p, inEditor+`.querySelector("textarea").value`), racing)
	p.submit()
	p.awaitRun("race")
	p.want("the place", p.text(".run-result .finding h3 .place"), "main.go:9")
	if said := p.text(runOutput); !strings.Contains(said, "done") {
		t.Errorf("the program prints %q", said)
	}
	p.want("the marks in the editor", ask[string](p, inEditor+`.querySelectorAll(".cm-lint-marker-error").length.toString()`), "1")
	p.do("loading axe", chromedp.Evaluate[chromedp.Void](axe))
	for _, width := range []int64{wide, narrow} {
		for _, scheme := range []string{"light", "dark"} {
			p.look(fmt.Sprintf("run-%s-%d-%s", v.lang, width, scheme), width, scheme)
		}
	}
	p.do("sizing", chromedp.EmulateViewport(wide, high))
	p.leavesAndComesBack(racing)

	p.click(runEdit)
	p.await(inEditor + `?.activeElement?.matches(".cm-content")`)
	p.rewrite(endless)
	p.submit()
	p.await(fmt.Sprintf(`document.querySelector("[data-run-output]")?.textContent === "begun" && (document.querySelector(%q).click(), true)`, runStop))
	p.await(fmt.Sprintf(`document.querySelector(%q).hidden`, runStop))
	p.want("what is said", p.text(runStatus), p.say("web.run.stopped"))
	p.click(runReset)
	p.await(fmt.Sprintf(runCode+` === %q`, original))
	p.visit("lessons/" + lesson)
	p.want("the code", ask[string](p, runCode), original)
}

// runsWhatWasPredicted may run the program of a question once it is answered.
func (v visitor) runsWhatWasPredicted(t *testing.T) {
	l, ok := v.site.course.Lesson("fan-out-fan-in")
	if !ok {
		t.Fatal("the lesson with predictions on programs is gone")
	}
	activities := l.Pages[v.lang].Activities
	i := slices.IndexFunc(activities, func(a *lessons.Activity) bool { return a.Run != nil })
	if i < 0 {
		t.Fatal("no prediction is on a program")
	}
	p, form := v.open(t), fmt.Sprintf("form[data-run=%q]", activities[i].Run.ID)
	p.visit("lessons/" + l.Slug)
	p.await(fmt.Sprintf(`document.querySelector('%s').hidden`, form))
	p.click(fmt.Sprintf(`form[data-activity=%q] input`, activities[i].ID))
	p.click(fmt.Sprintf(`form[data-activity=%q] button`, activities[i].ID))
	p.await(fmt.Sprintf(`document.querySelector('%s').checkVisibility()`, form))
	p.click(form + " [data-run-start]")
	p.await(`!!document.querySelector(".activity .run-result .ran")`)
}

// awaitRun waits for what comes of a run, and wants this found, in words.
func (p *tab) awaitRun(kind string) {
	p.Helper()
	p.await(`!!document.querySelector(".run-result .finding")`)
	p.want("what was found", p.text(".run-result .finding .badge"), p.say("web.found."+kind))
	name := p.say("web.found." + kind)
	if said := p.text(runStatus); !strings.Contains(said, strings.ToLower(name[:1])+name[1:]) {
		p.Errorf("said is %q, want %q in it", said, name)
	}
}

// leavesAndComesBack leaves the editor by keyboard, and finds the text again in the
// other language and in this one.
func (p *tab) leavesAndComesBack(text string) {
	p.Helper()
	ask[bool](p, `!`+inEditor+`.querySelector(".cm-content").focus()`)
	p.press(kb.Escape)
	p.press(kb.Tab)
	p.await(`document.activeElement?.closest("form")?.dataset.run === "` + block + `"`)
	for range 2 {
		p.click("[data-lang-switch]")
		p.lang = p.lang.Other()
		p.awaitPage("lessons/" + lesson)
		p.await(fmt.Sprintf(runCode+` === %q`, text))
		p.await(`document.querySelector("[data-run-edited]").checkVisibility()`)
	}
}

// runsProgramsInForms does it without JavaScript.
func (v visitor) runsProgramsInForms(t *testing.T) {
	p := v.open(t)
	p.withoutScripts()
	p.visit("lessons/" + lesson)
	p.click(runButton)
	p.awaitPage("lessons/" + lesson + "/run/" + block)
	p.want("what was found", p.text(".finding .badge"), p.say("web.found.leak"))
	p.focus("#code")
	p.rewrite(racing)
	p.click(".controls button")
	p.await(`document.querySelector(".finding h3 .place")?.textContent === "main.go:9"`)
	p.want("what was found", p.text(".finding .badge"), p.say("web.found.race"))
	p.want("the code", ask[string](p, `document.getElementById("code").value`), racing)
	if said := p.text(runOutput); !strings.Contains(said, "done") {
		t.Errorf("the program prints %q", said)
	}
}

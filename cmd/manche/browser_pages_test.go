//go:build linux

package main_test

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axe finds faults of accessibility. It is axe-core 4.14.1 as published, under
// the Mozilla Public License 2.0 that lies beside it.
//
//go:embed testdata/browser/axe.min.js
var axe string

// Sizes of the screen, in CSS pixels. The narrow one is that of WCAG 2.2, 1.4.10
// (reflow): 1280 pixels at a zoom of 400 %.
const (
	wide   = 1280
	narrow = 320
	high   = 900
)

// between are widths between these: a tablet, and 1280 pixels at a zoom of 200 %.
var between = []int64{768, 640}

// missing is the address of a page that there is not.
const missing = "lessons/no-such-lesson"

// looksAtEveryPage sees each page in each size and colour scheme.
func (v visitor) looksAtEveryPage(t *testing.T) {
	p := v.open(t)
	p.visit("")
	pages := []struct{ name, path string }{
		{"home", ""},
		{"lesson", "lessons/" + lesson},
		{"longest lesson", "lessons/fan-out-fan-in"},
		{"exercise", "exercises/" + slug},
		{"hunt", "exercises/leak-hunt"},
		{"test", "exercises/write-the-leak-test"},
		{"failed", "submissions/" + p.sends(v.starter(t))},
		{"race", "submissions/" + p.sends(v.racy(t))},
		{"deadlock", "submissions/" + p.sends(v.stuck(t))},
		{"passed", "submissions/" + p.sends(v.mended(t, "to look at"))},
		{"answer", p.answers()},
		{"program", "lessons/" + lesson + "/run/" + block},
		{"review", "review"},
		{"progress", "progress"},
		{"deletion", "progress/delete"},
		{"missing", missing},
	}
	for _, page := range pages {
		p.show(page.path)
		for _, width := range []int64{wide, narrow} {
			for _, scheme := range []string{"light", "dark"} {
				p.look(fmt.Sprintf("%s-%s-%d-%s", page.name, v.lang, width, scheme), width, scheme)
			}
		}
		for _, width := range between {
			p.fits(fmt.Sprintf("%s-%s-%d", page.name, v.lang, width), width)
		}
	}
}

// racy returns an answer in which two goroutines use a variable at two places.
func (v visitor) racy(t *testing.T) string {
	t.Helper()
	ex, _ := v.site.catalog.Lookup(slug)
	for _, wrong := range ex.Wrong {
		if wrong.Name == "shared-variable" {
			return string(wrong.Files[file])
		}
	}
	t.Fatal("the wrong answer with a race is gone")
	return ""
}

// stuck returns an answer in which two goroutines wait for each other.
func (v visitor) stuck(t *testing.T) string {
	t.Helper()
	return strings.NewReplacer(
		"\"time\"", "\"sync\"\n\t\"time\"",
		"go func() {", "var wg sync.WaitGroup\n\twg.Add(1)\n\tgo func() {\n\t\tdefer wg.Done()",
		"select {", "wg.Wait()\n\tselect {",
	).Replace(v.starter(t))
}

// sends hands in an answer, waits for its verdict and returns its name.
func (p *tab) sends(answer string) string {
	p.Helper()
	body, err := json.Marshal(map[string]any{"files": map[string]string{file: answer}})
	if err != nil {
		p.Fatal(err)
	}
	id := ask[string](p, fmt.Sprintf(`fetch("/api/v1/exercises/%s/submissions", {
		method: "POST", headers: {"Content-Type": "application/json"}, body: %q,
	}).then((answer) => answer.json()).then((submission) => submission.id)`, slug, body))
	p.visit("submissions/" + id)
	p.await(`!!document.querySelector(".verdict:not(.pending)")`)
	return id
}

// answers gives a wrong prediction and returns the page that says so.
func (p *tab) answers() string {
	p.Helper()
	const path = "lessons/" + lesson + "/activities/fast-work"
	p.visit("lessons/" + lesson)
	p.click(`form[data-activity="fast-work"] input[value="0"]`)
	p.click(`form[data-activity="fast-work"] button`)
	p.await(`!!document.querySelector("[data-answered]")`)
	return path
}

// show goes to a page and has everything on it: fonts, the editor, axe.
func (p *tab) show(path string) {
	p.Helper()
	p.do("sizing", chromedp.EmulateViewport(wide, high))
	p.visit(path)
	ask[bool](p, `document.fonts.ready.then(() => true)`)
	ask[bool](p, `!document.querySelector("textarea[data-editor]")?.scrollIntoView()`)
	p.await(`!document.querySelector("textarea[data-editor]") || !!document.querySelector(".cm-editor")`)
	ask[bool](p, `!scrollTo(0, 0)`)
	p.do("loading axe", chromedp.Evaluate[chromedp.Void](axe))
}

// look checks the page that is open in one size and colour scheme.
func (p *tab) look(name string, width int64, scheme string) {
	p.Helper()
	// Without motion, no colour is half way between two schemes when axe looks.
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	p.fits(name, width)
	p.fold(true)
	defer p.fold(false)
	for _, violation := range ask[[]string](p, violations) {
		p.Errorf("%s: %s", name, violation)
	}
}

// fits finds what sticks out of a screen of some width, with all folds open.
func (p *tab) fits(name string, width int64) {
	p.Helper()
	p.do("sizing", chromedp.EmulateViewport(width, high))
	p.shoot(name)
	p.fold(true)
	defer p.fold(false)
	for _, wider := range ask[[]string](p, overflowing) {
		p.Errorf("%s: the page scrolls sideways: %s", name, wider)
	}
}

// fold opens or closes everything that folds.
func (p *tab) fold(open bool) {
	p.Helper()
	ask[int](p, fmt.Sprintf(`[...document.querySelectorAll("details")].filter((d) => (d.open = %t)).length`, open))
}

// overflowing names, on a page that is wider than the screen, what sticks out.
const overflowing = `document.documentElement.scrollWidth <= innerWidth ? [] :
	[document.documentElement.scrollWidth + " pixels", ...[...document.body.querySelectorAll("*")]
		.filter((e) => e.getBoundingClientRect().right > innerWidth)
		.map((e) => e.cloneNode().outerHTML).slice(0, 5)]`

const violations = `axe.run(document, {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	resultTypes: ["violations"],
}).then((found) => found.violations.map((v) => v.id + ": " + v.help + "\n" +
	v.nodes.map((n) => n.target.join(" ") + ": " + n.failureSummary).join("\n")))`

// shoot keeps a picture for a person to look at, where one is wanted.
func (p *tab) shoot(name string) {
	p.Helper()
	folder := os.Getenv("MANCHE_SHOTS")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, strings.ReplaceAll(name, " ", "-")+".png"), png, 0o644)
	}
	if err != nil {
		p.Fatalf("keeping a picture of %s: %v", name, err)
	}
}

// TestAxeIsWhole keeps a truncated axe from finding nothing.
func TestAxeIsWhole(t *testing.T) {
	const size = 653_780 // bytes of the published file
	if len(axe) != size {
		t.Errorf("axe.min.js has %d bytes, want %d", len(axe), size)
	}
}

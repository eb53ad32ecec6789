//go:build linux

package main_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// farthest bounds how often Tab is pressed on the way to something.
const farthest = 150

// walksByKeys goes from the front page to a passed exercise and on to the next one
// with the keyboard alone. Wherever Tab stops, the eye finds the focus.
func (v visitor) walksByKeys(t *testing.T) {
	p := v.open(t)
	p.visit("")
	p.press(kb.Tab)
	p.want("the first stop", ask[string](p, `document.activeElement.className`), "skip")
	p.press(kb.Enter)
	p.await(`document.activeElement.id === "main"`)
	p.tabTo(`.lesson-card h3 a[href$="/lessons/` + lesson + `"]`)
	p.press(kb.Enter)
	p.awaitPage("lessons/" + lesson)
	p.tabTo(`.exercise-card a[href$="/exercises/` + slug + `"]`)
	p.press(kb.Enter)
	p.awaitPage("exercises/" + slug)

	p.tabTo(`.hint summary`)
	p.press(" ")
	p.await(`document.querySelector(".hint").open`)
	p.tabTo(editor + ", textarea[data-editor]") // whichever of the two is there yet
	p.await(`document.activeElement.closest(".cm-editor.cm-focused") !== null`)
	p.rewrite(v.mended(t, "by keys, "+string(v.lang)))
	p.press(kb.Escape)
	p.tabTo(`[data-submit]`)
	p.press(kb.Enter)
	p.awaitVerdict("passed")
	p.await(`document.activeElement.id === "verdict-heading"`)
	p.tabTo(`.verdict .actions .button`)
	next := ask[string](p, `document.activeElement.href`)
	p.press(kb.Enter)
	p.await(fmt.Sprintf(`location.href === %q && document.readyState === "complete"`, next))
}

// tabTo presses Tab until what the selector names has the focus. Each stop has to
// be on the screen and to show that it is where the keys go.
func (p *tab) tabTo(selector string) {
	p.Helper()
	for range farthest {
		p.press(kb.Tab)
		if lost := ask[string](p, unseen); lost != "" {
			p.Errorf("on the way to %s the focus is out of sight: %s", selector, lost)
		}
		if ask[bool](p, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
	}
	p.Fatalf("%d times Tab do not lead to %s", farthest, selector)
}

// unseen names the element that has the focus if it has no outline or is not on
// the screen. The editor outlines its frame, and a moment later.
const unseen = `(() => {
	const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
	const outlined = at.matches(".cm-content") || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
	const seen = box.width > 0 && box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0;
	return at !== document.body && outlined && seen ? "" : at.cloneNode().outerHTML;
})()`

//go:build linux

package main_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"manche/content"
)

// TestBrowserPreview is an author at work: a page that is open follows the files,
// at the same place, and both languages side by side do.
func TestBrowserPreview(t *testing.T) {
	browser := openChromium(t)
	messages, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	w := write(t)
	long := strings.Repeat("\nA paragraph of some length, of which there are many.\n", 60) + "\n<details>\n<summary>More</summary>\n\nInside.\n\n</details>\n"
	for _, lang := range content.Langs {
		w.edit(t, "content/lessons/01-one/"+string(lang)+".md", lessonText("One", "The first sentence.")+long)
	}
	await(t, "the long lesson in both languages", func() bool {
		fr, en := w.anybody().get(t, "/fr/lessons/one"), w.anybody().get(t, "/en/lessons/one")
		return strings.Contains(string(fr.body), "of which there are many") && strings.Contains(string(en.body), "of which there are many")
	})
	v := visitor{site: &site{base: w.url, messages: messages}, browser: browser, lang: content.EN}
	t.Run("follows a save", func(t *testing.T) { v.followsASave(t, w, long) })
	t.Run("side by side", func(t *testing.T) { v.readsSideBySide(t, w, long) })
	t.Run("looks at the defects", func(t *testing.T) { v.looksAtDefects(t, w) })
}

// followsASave has a page open while its text is edited.
func (v visitor) followsASave(t *testing.T, w *written, long string) {
	p := v.open(t)
	p.visit("lessons/one")
	ask[bool](p, `!scrollTo(0, 700)`)
	ask[bool](p, `document.querySelector("details").open = true`)
	p.await(`scrollY === 700`)
	saved := time.Now()
	w.edit(t, "content/lessons/01-one/en.md", lessonText("One", "A second sentence.")+long)
	defer func() { t.Logf("the page shows it %v after the save", time.Since(saved)) }()
	p.await(`document.querySelector(".prose").textContent.includes("A second sentence.") && scrollY === 700 && document.querySelector("details").open`)
}

// readsSideBySide scrolls one language, and edits the other.
func (v visitor) readsSideBySide(t *testing.T, w *written, long string) {
	p := v.open(t)
	p.visit("../preview/lessons/one")
	const fr, en = `document.querySelector("iframe[data-lang=fr]")`, `document.querySelector("iframe[data-lang=en]")`
	const loaded = `.contentDocument?.querySelector(".prose")?.textContent.includes`
	p.await(fr + loaded + `("The first") && ` + en + loaded + `("A second")`)
	p.await(en + `.contentDocument.readyState === "complete" && ` + fr + `.contentDocument.readyState === "complete"`)
	ask[bool](p, en+`.contentWindow.dispatchEvent(new Event("wheel"))`)
	ask[bool](p, `!`+en+`.contentWindow.scrollTo(0, 700)`)
	p.await(fr + `.contentWindow.scrollY > 600`)
	w.edit(t, "content/lessons/01-one/fr.md", lessonText("One", "Une autre phrase.")+long)
	p.await(fr + loaded + `("Une autre") && ` + fr + `.contentWindow.scrollY > 600`)
	ask[bool](p, `!`+fr+`.contentDocument.querySelector(".neighbours a").click()`)
	p.await(en + `.contentWindow.location.pathname === "/en/lessons/two" && location.pathname === "/preview/lessons/two"`)
}

// looksAtDefects sees the pages that only a preview has as everybody must be able
// to.
func (v visitor) looksAtDefects(t *testing.T, w *written) {
	p := v.open(t)
	w.edit(t, "content/lessons/01-one/en.md", lessonText("One", "See [there](../lessons/nowhere), and [that](../lessons/neither)."))
	p.visit("lessons/one")
	p.await(`document.querySelectorAll(".authoring-defect").length === 2`)
	if r := w.anybody().get(t, "/preview/preview.js"); r.status != http.StatusOK {
		t.Errorf("the script answers %d", r.status)
	}
	for _, path := range []string{"lessons/one", "../preview/", "../preview/lessons/one"} {
		p.show(path)
		for _, size := range []int64{narrow, wide} {
			for _, scheme := range []string{"light", "dark"} {
				p.look(fmt.Sprintf("preview-%s-%d-%s", strings.NewReplacer("../", "", "/", "-").Replace(path), size, scheme), size, scheme)
			}
		}
	}
}

//go:build linux

package main_test

import (
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"manche/web"
	"manche/web/store"
)

// calendar is a clock that tests turn by days.
type calendar struct {
	mu  sync.Mutex
	now time.Time
}

func (c *calendar) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *calendar) pass(days int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.AddDate(0, 0, days)
}

// openQuietSite serves the course of a site from within the test, which so can
// turn the calendar. Nothing is judged there.
func openQuietSite(t *testing.T, s *site) (*site, *calendar) {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "manche.db"))
	if err != nil {
		t.Fatal(err)
	}
	days := &calendar{now: time.Now()}
	srv, err := web.New(web.Config{
		Course: s.course, Catalog: s.catalog, Messages: s.messages, Store: db, Now: days.Now,
		Revision: func(string) string { return "revision" },
	})
	if err != nil {
		t.Fatal(err)
	}
	served := httptest.NewServer(srv)
	t.Cleanup(func() {
		served.Close()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	quiet := *s
	quiet.base = served.URL
	return &quiet, days
}

// wrongCode is where a recovery code that is none is refused.
const wrongCode = "progress/recover"

// remembered is the question of the lesson that comes back.
const remembered = "two-remedies"

// reviews answers a question in a lesson, rates the answer there, and finds the
// question again when its day has come.
func (v visitor) reviews(t *testing.T, days *calendar) {
	p := v.open(t)
	p.visit("review")
	p.want("before the first card", p.text("h1"), p.say("web.review.empty.title"))
	p.inspect("review-empty")
	p.visit("lessons/" + lesson)
	form := fmt.Sprintf(`form[data-activity=%q] `, remembered)
	p.focus(form + "textarea")
	p.write("A place for the value.")
	p.click(form + "button")
	p.await(`!!document.querySelector("[data-answered] [data-rate]")`)
	p.inspect("rate")
	p.click(`[data-rate] button[value="good"]`)
	p.await(`!!document.querySelector("[data-answered] .rated")`)
	p.awaitPage("lessons/" + lesson) // still
	p.await(`document.activeElement.matches(".rated")`)
	if got, want := p.text(".rated"), p.say("web.rate.done", "when", p.say("web.wait.days", "n", 3)); !strings.HasPrefix(got, want) {
		t.Errorf("after the rating: %q, want %q", got, want)
	}
	p.visit("review")
	p.want("today", p.text("h1"), p.say("web.review.none.title"))

	days.pass(3)
	p.visit("lessons/" + lesson)
	p.await(`document.querySelector("[data-due]")?.checkVisibility() && document.querySelector("[data-due]").textContent === "1"`)
	p.withoutScripts()
	p.visit("review")
	p.want("what is due", p.text("[data-due]"), "1")
	p.inspect("review-question")
	p.withoutScripts()
	p.focus("textarea")
	p.write("Room, or a signal.")
	p.click("main form button")
	p.await(`!!document.querySelector("#answer .model")`)
	p.want("the words", ask[string](p, `[...document.querySelectorAll("#answer .words")].map((e) => e.textContent).join("|")`), "Room, or a signal.|A place for the value.")
	p.inspect("review-answer")
	p.withoutScripts()
	p.click(`button[value="easy"]`)
	p.await(`document.readyState === "complete" && !document.querySelector("#answer")`)
	p.want("after the last card", p.text("h1"), p.say("web.review.done.title"))
	p.inspect("review-end")
}

// inspect looks at the page that is open, however it was reached: in each size and
// each colour scheme, which are those of whole pages and need not meet each other
// here. It turns JavaScript on, without which axe does nothing.
func (p *tab) inspect(name string) {
	p.Helper()
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false})
	ask[bool](p, `document.fonts.ready.then(() => true)`)
	p.do("loading axe", chromedp.Evaluate[chromedp.Void](axe))
	p.look(fmt.Sprintf("%s-%s-%d-light", name, p.lang, wide), wide, "light")
	p.look(fmt.Sprintf("%s-%s-%d-dark", name, p.lang, narrow), narrow, "dark")
	p.do("sizing", chromedp.EmulateViewport(wide, high))
}

// answersOnce answers the question that comes back, by which the browser gets a
// history of its own.
func (p *tab) answersOnce(words string) {
	p.Helper()
	p.visit("lessons/" + lesson)
	form := fmt.Sprintf(`form[data-activity=%q] `, remembered)
	p.focus(form + "textarea")
	p.write(words)
	p.click(form + "button")
	p.await(`!!document.querySelector("[data-answered]")`)
}

// moves takes the progress of one browser to another that has its own, looks at
// all that is kept, and has it deleted.
func (v visitor) moves(t *testing.T) {
	desk, phone := v.open(t), v.open(t)
	desk.answersOnce("Written at the desk.")
	desk.visit("")
	desk.await(`document.querySelector("a[data-next]")?.checkVisibility()`)
	desk.want("where to go on", desk.text("a[data-next]"), desk.say("web.mine.next", "title", desk.text(`.lesson-card h3 a[href$="/`+lesson+`"]`)))
	desk.inspect("home-begun")
	desk.visit("progress")
	desk.inspect("progress-begun")
	desk.click(`form[action$="/progress/code"] button`)
	desk.await(`!!document.querySelector(".recovery-code")`)
	desk.inspect("code")
	code := desk.text(".recovery-code")

	phone.answersOnce("Written on the phone.")
	phone.withoutScripts()
	phone.entersCode(strings.Replace(code, "-", "", 1) + "X")
	phone.want("a slip", phone.text("#recovery-fault"), phone.say("web.recover.bad"))
	phone.inspect("recover")
	phone.withoutScripts()
	phone.focus("#recovery-code")
	phone.rewrite(strings.ToLower(code))
	phone.click("main form button")
	phone.await(`!!document.querySelector("button[value=merge]")`)
	phone.inspect("merge")
	phone.withoutScripts()
	phone.click("button[value=merge]")
	phone.await(`document.readyState === "complete" && !!document.querySelector(".notice.good")`)
	phone.want("what has happened", phone.text(".notice.good"), phone.say("web.done.moved"))

	desk.visit("progress")
	kept := ask[string](desk, `fetch(document.querySelector("a[href$='/export']").href).then((r) => r.json()).then((all) => all.answers.map((a) => a.text).join("|"))`)
	desk.want("what is kept", kept, "Written on the phone.")
	desk.click(`a[href$="/progress/delete"]`)
	desk.awaitPage("progress/delete")
	desk.inspect("delete")
	desk.want("what the browser keeps by then", ask[string](desk, forgetting), "other")
	desk.click("button.danger")
	desk.await(`document.readyState === "complete" && !!document.querySelector(".notice.good")`)
	desk.want("what has happened", desk.text(".notice.good"), desk.say("web.done.deleted"))
	phone.visit("progress")
	phone.want("on the phone", phone.text(".progress .lead"), phone.say("web.mine.empty"))
}

// forgetting sends the form that deletes everything, and holds it up: browsers obey
// the server's word to clear what they keep where it came by https or from this
// machine, and the page has to do without.
const forgetting = `(() => {
	for (const kept of [localStorage, sessionStorage]) kept.setItem("manche-draft:a:b", "x");
	localStorage.setItem("other", "x");
	const form = document.querySelector("button.danger").form;
	form.addEventListener("submit", (event) => event.preventDefault(), { once: true });
	form.requestSubmit();
	return [localStorage, sessionStorage].flatMap((kept) => Object.keys(kept)).join(" ");
})()`

// entersCode opens the fold on the page of one's progress and sends a code.
func (p *tab) entersCode(code string) {
	p.Helper()
	p.visit("progress")
	p.click(".belongings summary")
	p.focus("#recovery-code")
	p.write(code)
	p.click(`form[action$="/progress/recover"] button`)
	p.await(`!!document.querySelector("#recovery-fault")`)
}

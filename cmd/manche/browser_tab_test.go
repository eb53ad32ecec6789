//go:build linux

package main_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"manche/content"
)

// closing is the last line of a tab's console: all before it has been read.
const closing = "manche: the test is over"

// visitor is somebody who comes to the site for the first time.
type visitor struct {
	site    *site
	browser context.Context
	lang    content.Lang
}

// languages are what browsers send, by the language of the page that they get.
var languages = map[content.Lang]string{
	content.FR: "fr-CA,fr;q=0.9,en;q=0.5",
	content.EN: "de,en-GB;q=0.8,fr;q=0.1",
}

// tab is one page of the browser, with cookies of its own. Everything that it
// does fails the test if it cannot be done.
type tab struct {
	*testing.T
	visitor
	ctx    context.Context
	read   sync.WaitGroup // done when the console is read to its end
	mu     sync.Mutex
	errors []string // of the console
}

// open gives the visitor a tab. When the test ends, the tab is closed, and an
// error in its console fails the test: a script that threw, a file that is
// missing, something that the content security policy refused.
func (v visitor) open(t *testing.T) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(v.browser, chromedp.WithNewBrowserContext())
	p := &tab{T: t, visitor: v, ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		t.Fatalf("opening a tab: %v", err)
	}
	messages := chromedp.Console(ctx)
	p.read.Go(func() {
		for m, err := range messages {
			if err != nil || m.Text == closing {
				return
			}
			p.note(m)
		}
	})
	t.Cleanup(func() {
		p.do("closing", chromedp.Evaluate[chromedp.Void](`console.debug("`+closing+`")`))
		p.read.Wait()
		cancel()
		for _, e := range p.errors {
			t.Errorf("console: %s", e)
		}
	})
	call(p, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": languages[v.lang]}})
	p.do("sizing", chromedp.EmulateViewport(wide, high))
	return p
}

// note keeps what the console calls an error. That a page which does not exist
// answers 404, and a form with a wrong code 422, is no error of ours.
func (p *tab) note(m chromedp.ConsoleMessage) {
	if m.Type != chromedp.ConsoleError && m.Type != chromedp.ConsoleException {
		return
	}
	if m.URL == p.address(missing) || m.URL == p.address(wrongCode) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.errors = append(p.errors, fmt.Sprintf("%s (%s:%d)", m, m.URL, m.Line))
}

// address returns a page's address in the visitor's language.
func (p *tab) address(path string) string { return p.site.base + "/" + string(p.lang) + "/" + path }

// say returns a sentence in the visitor's language.
func (p *tab) say(key string, pairs ...any) string { return p.site.say(p.lang, key, pairs...) }

// do takes steps that have no value.
func (p *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.Fatalf("%s: %v", what, err)
	}
}

// visit goes to a page of the visitor's language.
func (p *tab) visit(path string) {
	p.Helper()
	p.do("visiting "+path, chromedp.Navigate(p.address(path)))
}

func (p *tab) click(selector string) {
	p.Helper()
	p.do("clicking "+selector, chromedp.Click(chromedp.CSS(selector)))
}

func (p *tab) focus(selector string) {
	p.Helper()
	p.do("focusing "+selector, chromedp.Focus(chromedp.CSS(selector)))
}

// press presses a key, with modifiers held down.
func (p *tab) press(key string, held ...chromedp.Modifier) {
	p.Helper()
	p.do("pressing a key", chromedp.KeyEvent(key, chromedp.KeyModifiers(held...)))
}

// write enters text as an input method does: as input, and all at once.
func (p *tab) write(text string) {
	p.Helper()
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

// rewrite replaces all the text of the field that has the focus. It deletes
// first: where a selection of many lines is typed over, Chromium itself merges
// the lines, with a style attribute that the page's policy refuses and reports.
func (p *tab) rewrite(text string) {
	p.Helper()
	p.press("a", chromedp.ModifierCtrl)
	p.press(kb.Delete)
	p.write(text)
}

// submit presses what submits from within the code.
func (p *tab) submit() {
	p.Helper()
	p.press(kb.Enter, chromedp.ModifierCtrl)
}

// withoutScripts turns JavaScript off, as a visitor can.
func (p *tab) withoutScripts() {
	p.Helper()
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

//go:build linux

package main_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// call sends a command of the DevTools protocol.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if _, err := chromedp.Call(ctx, command, params); err != nil {
		p.Fatalf("%s: %v", command.Method, err)
	}
}

// ask evaluates an expression in the page; a promise is waited for.
func ask[T any](p *tab, expression string) T {
	p.Helper()
	value, err := tryAsk[T](p, expression)
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return value
}

func tryAsk[T any](p *tab, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// text returns the words of the first element that matches, without print's
// typography; "" if none does.
func (p *tab) text(selector string) string {
	p.Helper()
	found := ask[string](p, fmt.Sprintf(`document.querySelector(%q)?.textContent ?? ""`, selector))
	return strings.Join(strings.Fields(typographic.Replace(found)), " ")
}

// await waits until an expression is true. A page that is just being replaced
// cannot answer; the next one can.
func (p *tab) await(condition string) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](condition))
		if err == nil && ok {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			p.Fatalf("waited %v for %s (%v); the page is %s", patience, condition, err, p.whereabouts())
		}
	}
}

// whereabouts tells what the tab shows, for the message of a failure.
func (p *tab) whereabouts() string {
	shown, err := tryAsk[string](p, `location.href + "\n" + document.body.innerText.slice(0, 2000)`)
	if err != nil {
		return err.Error()
	}
	return shown
}

// awaitPage waits for a page of the visitor's language.
func (p *tab) awaitPage(path string) {
	p.Helper()
	p.await(fmt.Sprintf(`location.href.split("#")[0] === %q && document.readyState === "complete" && document.documentElement.lang === %q`,
		p.address(path), p.lang))
}

// awaitVerdict waits for a verdict with this outcome, and has its heading in the
// visitor's language.
func (p *tab) awaitVerdict(outcome string) {
	p.Helper()
	p.await(fmt.Sprintf(`!!document.querySelector(".verdict.outcome-%s")`, outcome))
	p.want("the verdict", p.text("[data-verdict-heading]"), p.say("outcome."+outcome))
}

// want compares words.
func (p *tab) want(what, got, want string) {
	p.Helper()
	if got != want {
		p.Errorf("%s: got %q, want %q", what, got, want)
	}
}

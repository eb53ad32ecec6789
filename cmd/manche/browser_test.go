//go:build linux

package main_test

import (
	"cmp"
	"context"
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"manche/content"
)

// debianChromium is the browser itself; the wrapper that Debian puts in the
// path adds options of its own.
const debianChromium = "/usr/lib/chromium/chromium"

// TestBrowser goes through the whole product as its users do: the program is a
// process, the browser is Chromium, and what is typed are keys.
func TestBrowser(t *testing.T) {
	browser := openChromium(t)
	site := openSite(t)
	for _, lang := range content.Langs {
		v := visitor{site: site, browser: browser, lang: lang}
		t.Run("learner/"+string(lang), v.mendsTheLeak)
		t.Run("without JavaScript/"+string(lang), v.mendsTheLeakInForms)
		t.Run("keys/"+string(lang), v.walksByKeys)
		t.Run("writing/"+string(lang), v.writesWithHelp)
		t.Run("right answers/"+string(lang), v.comparesAnswers)
		t.Run("format without JavaScript/"+string(lang), v.formatsInForms)
		t.Run("activities/"+string(lang), v.answersActivities)
		t.Run("programs/"+string(lang), v.runsPrograms)
		t.Run("programs without JavaScript/"+string(lang), v.runsProgramsInForms)
	}
	quiet, days := openQuietSite(t, site)
	for _, lang := range content.Langs {
		v := visitor{site: quiet, browser: browser, lang: lang}
		t.Run("review/"+string(lang), func(t *testing.T) { v.reviews(t, days) })
		t.Run("moving/"+string(lang), v.moves)
	}
	english := visitor{site: site, browser: browser, lang: content.EN}
	t.Run("language switch keeps the code", english.switchesLanguage)
	t.Run("a predicted program runs", english.runsWhatWasPredicted)
	t.Run("keyboard leaves the editor", english.leavesTheEditor)
	t.Run("each fault once", english.seesEachFaultOnce)
	t.Run("plain text", english.writesInPlainText)
	t.Run("double click grades once", english.clicksTwice)
	for _, lang := range content.Langs {
		v := visitor{site: site, browser: browser, lang: lang}
		t.Run("pages/"+string(lang), v.looksAtEveryPage)
	}
}

// openChromium starts a browser that ends with the test. A machine without one
// may skip the tests that need it; a machine with MANCHE_CI set may not.
func openChromium(t *testing.T) context.Context {
	t.Helper()
	path := cmp.Or(os.Getenv("CHROMIUM"), debianChromium)
	if _, err := os.Stat(path); err != nil {
		const remedy = "no browser: install Chromium, or set CHROMIUM to where it is"
		if os.Getenv("MANCHE_CI") != "" {
			t.Fatalf("%s (%v)", remedy, err)
		}
		t.Skipf("%s (%v)", remedy, err)
	}
	// Chromium's own sandbox needs privileges that containers rarely grant; the
	// only pages here are ours. Without reduced motion a click could miss what still
	// scrolls by.
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
	}
	for _, off := range []string{"disable-background-networking", "disable-component-update", "disable-dev-shm-usage", "disable-quic", "disable-sync", "force-prefers-reduced-motion"} {
		options = append(options, chromedp.Flag(off, true))
	}
	allocator, release := chromedp.NewExecAllocator(context.Background(), options...)
	browser, closeBrowser := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		if err := chromedp.Cancel(browser); err != nil {
			t.Errorf("closing the browser: %v", err)
		}
		closeBrowser()
		release()
	})
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("starting %s: %v", path, err)
	}
	return browser
}

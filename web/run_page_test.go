package web_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"manche/grader"
	"manche/web"
)

const programPage = "/lessons/leaks/run/run-1"

// The lesson's own button sends nothing; the page then has the program, what it
// printed and what was found, and the form to change it.
func TestProgramPageRuns(t *testing.T) {
	var ran string
	s := running(t, 1, func(_ context.Context, p grader.Program, observe func(grader.Progress)) (*grader.Ran, error) {
		ran = string(p.Files["main.go"])
		observe(grader.Progress{Stage: grader.StageRunning, Output: "\n<b>\x00"})
		return racy(), nil
	})
	changed := "package main\n\nvar n = \"</textarea>\"\n"
	for _, tt := range []struct{ lang, body, code, found string }{
		{"fr", "", "package main\n\nimport \"fmt\"\n", "Constat\u00a0: data race à la ligne\u00a03 de main.go."},
		{"en", url.Values{"file:main.go": {strings.ReplaceAll(changed, "\n", "\r\n")}}.Encode(), changed, "Found: data race at line\u00a03 of main.go."},
	} {
		got := s.send(t, "POST", "/"+tt.lang+programPage, tt.body, "Content-Type", form)
		if got.status != http.StatusOK || !strings.HasPrefix(ran, tt.code) {
			t.Errorf("%s: %d, ran %q", tt.lang, got.status, ran)
		}
		for _, want := range []string{
			tt.found, ">\n\n&lt;b&gt;\ufffd</pre>", `id="run-1-finding-0"`, `action="/` + tt.lang + programPage + `"`, `href="/` + tt.lang + `/lessons/leaks#run-1"`,
		} {
			if !strings.Contains(got.body, want) {
				t.Errorf("%s: no %q on the page", tt.lang, want)
			}
		}
		area := regexp.MustCompile(`(?s)<textarea[^>]*>\n(.*?)</textarea>`).FindStringSubmatch(got.body)
		if area == nil || unescape(area[1]) != ran {
			t.Errorf("%s: the form holds %q, want what was run", tt.lang, area)
		}
	}
}

func TestProgramPages(t *testing.T) {
	s := running(t, 1, printing("ok"))
	for _, lang := range []string{"fr", "en"} {
		got := s.get(t, "/"+lang+programPage)
		if got.status != http.StatusOK || strings.Contains(got.body, "data-run-output") {
			t.Errorf("%s: %d, before anything was run", lang, got.status)
		}
		if inline.MatchString(got.body) || escapedTwice.MatchString(got.body) {
			t.Errorf("%s: the page has what no page may have", lang)
		}
	}
	for path, want := range map[string]int{
		"/fr/lessons/leaks/run/run-99": http.StatusNotFound, "/fr/lessons/nothing/run/run-1": http.StatusNotFound,
	} {
		for _, method := range []string{"GET", "POST"} {
			if got := s.send(t, method, path, "", "Content-Type", form); got.status != want {
				t.Errorf("%s %s: %d, want %d", method, path, got.status, want)
			}
		}
	}
	other := s.send(t, "POST", "/en"+programPage, "file:other.go=x", "Content-Type", form)
	if other.status != http.StatusUnprocessableEntity || !strings.Contains(other.body, "main.go") {
		t.Errorf("another file: %d", other.status)
	}
}

// A page that is refused says when to come again, like any program.
func TestProgramPageIsLimited(t *testing.T) {
	s := running(t, 1, printing("x"), stopped, func(c *web.Config) { c.Limits.PerMinute = 1 })
	s.send(t, "POST", "/en"+programPage, "", "Content-Type", form)
	got := s.send(t, "POST", "/en"+programPage, "", "Content-Type", form)
	if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "30" {
		t.Errorf("%d, Retry-After %q; want 429 and 30", got.status, got.header.Get("Retry-After"))
	}
}

// A page whose program was stopped for a newer one says so; the newer one has its
// result.
func TestProgramPageIsReplaced(t *testing.T) {
	g := newGate()
	s := running(t, 2, g.run)
	pages := make(chan answer, 2)
	send := func() {
		go func() { pages <- s.send(t, "POST", "/fr"+programPage, "", "Content-Type", form, "Cookie", someone) }()
		<-g.begun
	}
	send()
	send()
	<-g.stopped
	if got := <-pages; got.status != http.StatusConflict || !strings.Contains(got.body, "Une demande plus récente l’a remplacée") {
		t.Errorf("the first page: %d\n%s", got.status, got.body)
	}
	close(g.end)
	if got := <-pages; got.status != http.StatusOK {
		t.Errorf("the second page: %d", got.status)
	}
}

func TestLessonRunsItsPrograms(t *testing.T) {
	s := open(t)
	got := s.get(t, "/en/lessons/leaks").body
	for _, want := range []string{
		`<form class="run-bar" method="post" action="/en/lessons/leaks/run/run-1" data-run="run-1">`, `href="/en/lessons/leaks/run/run-1" data-run-edit`,
		`<template id="run-controls">`, `<template id="run-result">`, `<template id="run-editor">`, `data-queued="Queued. Ahead of you: {place}."`,
	} {
		if n := strings.Count(got, want); n != 1 {
			t.Errorf("%s stands %d times on the page, want once", want, n)
		}
	}
	area := strings.Index(got, `class="code-area"`)
	if template := strings.Index(got, `<template id="run-editor">`); area < template || strings.Count(got, `class="code-area"`) != 1 {
		t.Error("the lesson has a text area for a program that nobody changes yet")
	}
}

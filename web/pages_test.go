package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"manche/content"
	"manche/web"
)

// pages are the addresses below the language that anyone may open.
var pages = []string{"", "lessons/channels", "lessons/leaks", "exercises/" + slug, "progress"}

func TestPagesInBothLanguages(t *testing.T) {
	s := open(t, func(c *web.Config) { c.BaseURL = "https://course.example" })
	for _, page := range pages {
		for _, lang := range content.Langs {
			path := "/" + string(lang) + "/" + page
			t.Run(path, func(t *testing.T) {
				got := s.get(t, path)
				if got.status != http.StatusOK {
					t.Fatalf("status %d, want 200", got.status)
				}
				checkPage(t, got.body, lang, page)
			})
		}
	}
}

// checkPage holds a page against what all pages promise.
func checkPage(t *testing.T, body string, lang content.Lang, page string) {
	t.Helper()
	other := string(lang.Other())
	wants := []string{
		`<html lang="` + string(lang) + `">`, `<a class="skip" href="#main">`, `<main id="main"`,
		`hreflang="fr" href="https://course.example/fr/` + page + `"`,
		`hreflang="en" href="https://course.example/en/` + page + `"`,
		`data-lang-switch lang="` + other + `" hreflang="` + other + `" href="/` + other + "/" + page + `"`,
	}
	for _, want := range wants {
		if !strings.Contains(body, want) {
			t.Errorf("no %s on the page", want)
		}
	}
	if n := strings.Count(body, "<h1"); n != 1 {
		t.Errorf("%d headings of level 1, want 1", n)
	}
	for _, bad := range []*regexp.Regexp{inline, escapedTwice, missing} {
		if found := bad.FindString(body); found != "" {
			t.Errorf("the page has %q", found)
		}
	}
	for _, id := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		if strings.Count(body, ` id="`+id[1]+`"`) > 1 {
			t.Errorf("the id %q stands twice", id[1])
		}
	}
}

var (
	inline       = regexp.MustCompile(`<[^>]+ (style|on[a-z]+)="|<style|<script>`)
	escapedTwice = regexp.MustCompile(`&amp;(amp|lt|gt|#\d+);`)
	missing      = regexp.MustCompile(`%!|\b(axis|callout|cli|defect|finding|goroutine|lack|outcome|problem|reason|thing|web)\.[a-z_]+`)
)

func TestLessonShowsItsParts(t *testing.T) {
	s := open(t)
	got := s.get(t, "/fr/lessons/leaks").body
	for _, want := range []string{
		"Programme complet", `data-copy="#run-1"`,
		`action="/fr/lessons/leaks/activities/what-happens"`, `name="choice" value="1" required`,
		"Je le refuse", "Une place, ou un signal.", "Écris une recherche",
		`href="/fr/exercises/fix-the-leak"`, `rel="prev" href="/fr/lessons/channels"`, `class="onward" href="/fr/review"><span class="facts">Et maintenant<`,
		`data-mine="/fr/lessons/leaks/mine"`, `data-unsent="Votre réponse`, `/static/dist/lesson-`,
		`<div data-result><p class="again" data-again hidden><a href="/fr/lessons/leaks/activities/what-happens">`, `href="#a-wait"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in the lesson", want)
		}
	}
	for _, secret := range []string{"La prédiction expliquée", "Le jugement expliqué", "csp-nonce"} {
		if strings.Contains(got, secret) {
			t.Errorf("%q is on the page before it was asked for", secret)
		}
	}
}

func TestLessonIsTheSameForEveryone(t *testing.T) {
	s := open(t)
	first := s.get(t, "/en/lessons/leaks")
	s.send(t, "POST", "/en/lessons/leaks/activities/what-happens", "choice=0", "Content-Type", form)
	if again := s.get(t, "/en/lessons/leaks"); again.body != first.body {
		t.Error("the page changed with its reader")
	}
	if s.web == nil || first.header.Get("ETag") == "" {
		t.Error("the page has no ETag")
	}
}

func TestExerciseHasTheHooksOfTheEditor(t *testing.T) {
	got := open(t).get(t, "/en/exercises/"+slug)
	for _, want := range []string{
		`<form id="answer" method="post" action="/en/exercises/fix-the-leak" data-exercise="fix-the-leak" data-submissions="/api/v1/exercises/fix-the-leak/submissions" data-draft="/api/v1/exercises/fix-the-leak/draft" data-diagnostics="/api/v1/exercises/fix-the-leak/diagnostics" data-format="/api/v1/exercises/fix-the-leak/format" data-files="Files"`,
		`<button class="button quiet" name="format" value="1">`, `data-changes aria-pressed="false"`, `<p id="diagnostics" role="status"`,
		`name="file:search.go" data-editor="go" data-file="search.go"`, `data-submit`, `data-reset data-confirm="`,
		`<template id="starter-search.go">package search`, `<p id="progress" role="status" data-queued="Queued. Ahead of you: {place}."`,
		`data-busy="Many submissions right now. Try again in {seconds} s."`, `<div id="verdict"`, `<meta name="csp-nonce" content="`,
	} {
		if !strings.Contains(got.body, want) {
			t.Errorf("no %s on the page", want)
		}
	}
	nonce := regexp.MustCompile(`csp-nonce" content="([^"]+)"`).FindStringSubmatch(got.body)
	if nonce == nil || !strings.Contains(got.header.Get("Content-Security-Policy"), "style-src 'self' 'nonce-"+nonce[1]+"'") {
		t.Errorf("nonce %v is not in the policy %q", nonce, got.header.Get("Content-Security-Policy"))
	}
	if ladder := regexp.MustCompile(`(?s)Hint 1 of 3.*<details class="hint"><summary>Hint 2 of 3`); !ladder.MatchString(got.body) {
		t.Error("the second hint is not inside the first")
	}
}

// The text area must hold the code to the byte: a browser drops one line break
// after the tag, and nothing else.
func TestTextAreaHoldsTheCode(t *testing.T) {
	s := open(t)
	ex, _ := s.catalog.Lookup(slug)
	got := s.get(t, "/fr/exercises/"+slug).body
	area := regexp.MustCompile(`(?s)<textarea[^>]*>\n(.*?)</textarea>`).FindStringSubmatch(got)
	if area == nil {
		t.Fatal("no text area")
	}
	if got, want := unescape(area[1]), string(ex.Starter.Files["search.go"]); got != want {
		t.Errorf("the text area holds\n%q\nwant\n%q", got, want)
	}
}

// Titles are typeset like all that is read.
func TestTitlesAreTypeset(t *testing.T) {
	s := open(t)
	if got := s.get(t, "/fr/exercises/parallel-map").body; !strings.Contains(got, "dans l\u2019ordre</h1>") {
		t.Error("the title has no apostrophe of French print")
	}
}

// However many exercises there are: the front page leads to the first one that
// begins with a leak, and lists those of no lesson last.
func TestHomeListsEveryExercise(t *testing.T) {
	s := open(t)
	got := s.get(t, "/en/").body
	if want := `<a class="button" href="/en/exercises/` + slug + `">`; !strings.Contains(got, want) {
		t.Errorf("no %s on the front page", want)
	}
	list, loose, _ := strings.Cut(got[strings.Index(got, `id="lessons"`):], `id="loose"`)
	for _, ex := range s.catalog.All() {
		place := loose
		if ex.Lesson == "leaks" {
			place = list
		}
		if n := strings.Count(place, `<a href="/en/exercises/`+ex.Slug+`">`); n != 1 {
			t.Errorf("%s stands %d times where it belongs, want once", ex.Slug, n)
		}
	}
}

//go:build linux

package main_test

import (
	"strings"
	"testing"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
)

// site is the running program, and the course that it serves.
type site struct {
	base     string // "http://host:port"
	messages *content.Messages
	course   *lessons.Course
	catalog  *exercises.Catalog
}

// openSite starts a server, waits until it judges, and reads what the program
// embeds, to know what its pages must say.
func openSite(t *testing.T) *site {
	t.Helper()
	messages, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	catalog, defects, err := exercises.Load(exercises.FS)
	if err != nil || len(defects) > 0 {
		t.Fatalf("loading the exercises: %v %v", defects, err)
	}
	course, defects, err := lessons.Load(content.FS, catalog)
	if err != nil || len(defects) > 0 {
		t.Fatalf("loading the lessons: %v %v", defects, err)
	}
	return &site{base: startServer(t).url, messages: messages, course: course, catalog: catalog}
}

// typographic undoes what print does to a sentence, so that the sentence of the
// messages and the one on the page can be compared.
var typographic = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'")

// say returns a sentence as [tab.text] reads it from a page.
func (s *site) say(lang content.Lang, key string, pairs ...any) string {
	return typographic.Replace(s.messages.In(lang).Say(key, pairs...))
}

package web_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"manche/web"
)

// A learner who comes back finds the draft, and nobody else does.
func TestDraftIsFoundAgain(t *testing.T) {
	s := open(t)
	const path = "/en/exercises/" + slug
	s.send(t, "PUT", "/api/v1/exercises/"+slug+"/draft", `{"files":{"search.go":"package search // half"}}`, "Content-Type", "application/json")
	if page := s.get(t, path).body; !strings.Contains(page, "\npackage search // half</textarea>") || !strings.Contains(page, `<template id="starter-search.go">package search`+"\n") {
		t.Error("the page has not the draft, or has lost the starter")
	}
	s.client.Jar = nil
	if page := s.get(t, path).body; strings.Contains(page, "// half") {
		t.Error("somebody else has the draft")
	}
}

// A draft is kept, and handed on to be built; what is no answer to the exercise
// is neither.
func TestDraft(t *testing.T) {
	var wanted map[string]string // handler and test take turns
	s := open(t, func(c *web.Config) {
		c.Anticipate = func(exercise string, files map[string]string) {
			if exercise == slug {
				wanted = files
			}
		}
	})
	tests := []struct {
		name, slug, body string
		status           int
		built            map[string]string
	}{
		{"a draft", slug, `{"files":{"search.go":"package search"}}`, http.StatusNoContent, map[string]string{"search.go": "package search"}},
		{"another file", slug, `{"files":{"other.go":"package search"}}`, http.StatusUnprocessableEntity, nil},
		{"no such exercise", "nothing", `{"files":{"search.go":""}}`, http.StatusNotFound, nil},
		{"no JSON", slug, `{`, http.StatusBadRequest, nil},
	}
	for _, tt := range tests {
		wanted = nil
		got := s.send(t, "PUT", "/api/v1/exercises/"+tt.slug+"/draft", tt.body, "Content-Type", "application/json")
		if got.status != tt.status || !maps.Equal(wanted, tt.built) {
			t.Errorf("%s: %d, to be built %v; want %d, %v", tt.name, got.status, wanted, tt.status, tt.built)
		}
	}
}

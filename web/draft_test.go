package web_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"manche/grader/policy"
	"manche/web"
)

// draft puts code as the page does while it is typed.
func (s *site) draft(t *testing.T, code string, headers ...string) answer {
	t.Helper()
	body := `{"files":{"search.go":` + quoted(code) + `}}`
	return s.send(t, "PUT", "/api/v1/exercises/"+slug+"/draft", body, append([]string{"Content-Type", jsonType}, headers...)...)
}

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
		{"a large file", slug, `{"files":{"search.go":"` + strings.Repeat("x", policy.MaxFile+1) + `"}}`, http.StatusUnprocessableEntity, nil},
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

// What takes the place of something may come often; what is kept besides all the
// rest may not, whatever key it comes with.
func TestWhatIsNewIsLimited(t *testing.T) {
	for what, write := range map[string]func(s *site, t *testing.T, headers ...string) answer{
		"a draft": func(s *site, t *testing.T, headers ...string) answer { return s.draft(t, "package search", headers...) },
		"an answer": func(s *site, t *testing.T, headers ...string) answer {
			return s.send(t, "POST", recall, "text=une+place", append(headers, "Content-Type", form)...)
		},
	} {
		s := open(t, func(c *web.Config) { c.Limits.PerMinute = 1 })
		for i := range 3 { // the cookie of the first comes with the others
			if got := write(s, t); got.status >= 400 {
				t.Errorf("%s, time %d: status %d", what, i+1, got.status)
			}
		}
		for who, cookie := range map[string]string{"somebody without a cookie": "", "somebody who made a key up": "manche_learner=" + key()} {
			stranger := s.another(t)
			if got := write(stranger, t, "Cookie", cookie); got.status != http.StatusTooManyRequests || got.header.Get("Set-Cookie") != "" {
				t.Errorf("%s of %s: status %d, cookie %q; want 429", what, who, got.status, got.header.Get("Set-Cookie"))
			}
		}
	}
}

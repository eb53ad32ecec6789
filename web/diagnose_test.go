package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"manche/grader"
	"manche/web"
)

const diagnostics = "/api/v1/exercises/" + slug + "/diagnostics"

// reader is a diagnoser that says what a function does.
type reader func(context.Context, grader.Submission) ([]grader.Finding, error)

func (r reader) Diagnose(ctx context.Context, sub grader.Submission) ([]grader.Finding, error) {
	return r(ctx, sub)
}

// unusable is what the diagnosers of these tests say.
func unusable() []grader.Finding {
	return []grader.Finding{{
		Kind: grader.KindBuild, Severity: grader.SeverityError, Place: grader.Place{File: "search.go", Line: 3, Column: 2},
		Key: "build.types", Params: map[string]string{"message": "declared and not used: n", "line": "3"},
	}}
}

// diagnosis is an answer as the API gives it.
type diagnosis struct {
	Diagnostics []struct {
		File, Severity, Key, Text string
		Line, Column              int
	}
}

func (s *site) diagnose(t *testing.T, code string, headers ...string) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"files": map[string]string{"search.go": code}})
	if err != nil {
		t.Fatal(err)
	}
	return s.send(t, "POST", diagnostics, string(body), append([]string{"Content-Type", jsonType}, headers...)...)
}

func TestDiagnostics(t *testing.T) {
	s := open(t)
	if got := s.diagnose(t, "package search"); got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" {
		t.Errorf("before it is ready: %d, want 503 and when to come back", got.status)
	}
	var read grader.Submission // handler and test take turns
	s.web.AttachDiagnoser(reader(func(_ context.Context, sub grader.Submission) ([]grader.Finding, error) {
		read = sub
		if string(sub.Files["search.go"]) == "package search" {
			return nil, nil
		}
		return unusable(), nil
	}))
	if got := s.diagnose(t, "package search"); got.status != http.StatusOK || got.body != `{"diagnostics":[]}` {
		t.Errorf("of nothing to say: %d %s, want an empty list", got.status, got.body)
	}
	for lang, want := range map[string]string{
		"fr": "Le compilateur refuse cette ligne : `declared and not used: n`.",
		"en": "The compiler rejects this line: `declared and not used: n`.",
	} {
		got := s.diagnose(t, "package search // "+lang, "Accept-Language", lang)
		list := decode[diagnosis](t, got.body).Diagnostics
		if got.status != http.StatusOK || len(list) != 1 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if d := list[0]; d.File != "search.go" || d.Line != 3 || d.Column != 2 || d.Severity != "error" || d.Key != "build.types" || strings.ReplaceAll(d.Text, "\u00a0", " ") != want {
			t.Errorf("in %s: %+v", lang, d)
		}
		if read.Exercise != slug || string(read.Files["search.go"]) != "package search // "+lang {
			t.Errorf("read: %+v", read)
		}
	}
	for path, status := range map[string]int{diagnostics: http.StatusUnprocessableEntity, "/api/v1/exercises/none/diagnostics": http.StatusNotFound} {
		if got := s.send(t, "POST", path, `{"files":{"other.go":""}}`, "Content-Type", jsonType); got.status != status {
			t.Errorf("%s: %d, want %d", path, got.status, status)
		}
	}
}

// The newest code of a learner is read, and no older one.
func TestDiagnosticsOfTheNewest(t *testing.T) {
	s := open(t)
	begun := make(chan struct{})
	s.web.AttachDiagnoser(reader(func(ctx context.Context, sub grader.Submission) ([]grader.Finding, error) {
		if string(sub.Files["search.go"]) == "new" {
			return unusable(), nil
		}
		close(begun)
		<-ctx.Done()
		return nil, ctx.Err()
	}))
	s.send(t, "PUT", "/api/v1/exercises/"+slug+"/draft", `{"files":{"search.go":""}}`, "Content-Type", jsonType) // gives the learner a key
	old := make(chan answer, 1)
	go func() { old <- s.diagnose(t, "old") }()
	<-begun
	if got := s.diagnose(t, "new"); got.status != http.StatusOK {
		t.Errorf("the newer one: %d %s", got.status, got.body)
	}
	if got := <-old; got.status != http.StatusConflict {
		t.Errorf("the older one: %d, want 409", got.status)
	}
}

// Who types has a limit as well, far from the one on submissions.
func TestDiagnosticsAreLimited(t *testing.T) {
	s := open(t, stopped, func(c *web.Config) { c.Limits.PerMinute = 1 })
	s.web.AttachDiagnoser(reader(func(context.Context, grader.Submission) ([]grader.Finding, error) { return nil, nil }))
	const atOnce = 60 // half of 120 a minute
	for i := range atOnce + 10 {
		want := http.StatusOK
		if i >= atOnce {
			want = http.StatusTooManyRequests
		}
		if got := s.diagnose(t, "package search").status; got != want {
			t.Errorf("the reading %d answers %d, want %d", i+1, got, want)
		}
	}
}

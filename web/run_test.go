package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"manche/grader"
	"manche/web"
)

func TestRunTellsAsItComes(t *testing.T) {
	heard := make(chan struct{})
	s := running(t, 1, func(ctx context.Context, p grader.Program, observe func(grader.Progress)) (*grader.Ran, error) {
		observe(grader.Progress{Stage: grader.StageRunning})
		observe(grader.Progress{Stage: grader.StageRunning, Output: string(p.Files["main.go"])[:7]})
		select {
		case <-heard:
			observe(grader.Progress{Stage: grader.StageRunning, Finding: &racy().Verdict.Findings[0]}) // belongs to who hears of it
			return racy(), nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	})
	stream, _ := s.run(t, hello)
	var got []string
	for e, ok := stream.more(t); ok; e, ok = stream.more(t) {
		got = append(got, e.name)
		switch e.name {
		case "output":
			if e.data != `{"text":"package"}` {
				t.Errorf("output %s", e.data)
			}
			close(heard)
		case "finding":
			if f := decode[grader.Finding](t, e.data); f.Kind != grader.KindRace || f.Text["fr"] == "" || f.Text["en"] == "" {
				t.Errorf("finding %s", e.data)
			}
		case "result":
			wantResult(t, e.data)
		}
	}
	if all := strings.Join(got, " "); !strings.HasSuffix(all, "output finding result") {
		t.Errorf("events %s", all)
	}
}

func wantResult(t *testing.T, data string) {
	t.Helper()
	r := decode[struct {
		Outcome, Stop  string
		ExitCode       int `json:"exit_code"`
		Verdict        *grader.Verdict
		Sentence, HTML string
	}](t, data)
	if r.Outcome != "failed" || r.Stop != "exited" || r.ExitCode != 2 || r.Verdict == nil || len(r.Verdict.Findings) != 1 {
		t.Errorf("result %s", data)
	}
	if r.Sentence != "" || r.HTML != "" {
		t.Errorf("a program that asked for no fragment gets %q %q", r.Sentence, r.HTML)
	}
}

func TestRunHeaders(t *testing.T) {
	s := running(t, 1, printing("x"))
	got := s.send(t, "POST", runPath, hello, "Content-Type", jsonType, "Accept-Encoding", "gzip")
	for name, want := range map[string]string{
		"Content-Type": "text/event-stream", "Cache-Control": "no-store", "Content-Encoding": "", "Set-Cookie": "",
	} {
		if got.header.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.header.Get(name), want)
		}
	}
}

// For a page the result comes in its words, with ids of its place.
func TestRunFragment(t *testing.T) {
	s := running(t, 1, func(context.Context, grader.Program, func(grader.Progress)) (*grader.Ran, error) { return racy(), nil })
	body := `{"files":{"main.go":"package main\n\nvar <n> int\n"}}`
	for lang, wants := range map[string][]string{
		"fr": {"data race à la ligne\u00a03 de main.go", "Code de sortie\u00a0: 2"}, "en": {"data race at line\u00a03 of main.go", "Exit code: 2"},
	} {
		got := s.send(t, "POST", runPath+"?fragment=run-7", body, "Content-Type", jsonType, "Accept-Language", lang).body
		_, data, _ := strings.Cut(got, "event: result\ndata: ")
		r := decode[struct{ Sentence, HTML string }](t, data)
		for _, want := range append(wants[1:], `id="run-7-finding-0"`, `data-finding-line="3"`, "&lt;", "main.go:3") {
			if !strings.Contains(r.HTML, want) {
				t.Errorf("%s: no %q in %s", lang, want, r.HTML)
			}
		}
		if !strings.Contains(r.Sentence, wants[0]) {
			t.Errorf("%s: sentence %q, want %q in it", lang, r.Sentence, wants[0])
		}
	}
	for _, name := range []string{"", "A", "a b", "%22%3E", strings.Repeat("a", 41)} {
		got := s.send(t, "POST", runPath+"?fragment="+strings.ReplaceAll(name, " ", "%20"), body, "Content-Type", jsonType).body
		if strings.Contains(got, `"html"`) {
			t.Errorf("the place %q gets a fragment", name)
		}
	}
}

// What is shown is bounded, and says that there was more.
func TestRunOutput(t *testing.T) {
	const shown = 64 << 10
	tests := map[string]struct {
		pieces []string
		want   string
		cut    bool
	}{
		"a character in two pieces": {[]string{"caf\xc3", "\xa9\n"}, "café\n", false},
		"no text":                   {[]string{"a\xff\xc3"}, "a\ufffd\ufffd", false},
		"just enough":               {[]string{strings.Repeat("x", shown)}, strings.Repeat("x", shown), false},
		"too much":                  {[]string{strings.Repeat("x", shown-1), "yzz"}, strings.Repeat("x", shown-1) + "y", true},
	}
	for name, tt := range tests {
		heard := make(chan struct{}, len(tt.pieces))
		s := running(t, 1, func(ctx context.Context, _ grader.Program, observe func(grader.Progress)) (*grader.Ran, error) {
			for _, p := range tt.pieces {
				observe(grader.Progress{Stage: grader.StageRunning, Output: p})
				select {
				case <-heard:
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			}
			return uneventful(), nil
		})
		stream, _ := s.run(t, hello)
		var text strings.Builder
		for e, ok := stream.more(t); ok; e, ok = stream.more(t) {
			if e.name == "output" {
				text.WriteString(decode[struct{ Text string }](t, e.data).Text)
				heard <- struct{}{}
			}
			if e.name == "result" && strings.Contains(e.data, `"output_cut":true`) != tt.cut {
				t.Errorf("%s: want cut %v in %.200s", name, tt.cut, e.data)
			}
		}
		if got := text.String(); got != tt.want {
			t.Errorf("%s: got %d bytes ending in %.20q, want %d", name, len(got), got[max(0, len(got)-9):], len(tt.want))
		}
	}
}

func TestRunRefusesBeforeItAccepts(t *testing.T) {
	big := strings.Repeat("x", 64<<10+1)
	many := make(map[string]string)
	for i := range 9 {
		many[fmt.Sprintf("f%d.go", i)] = ""
	}
	files := func(v any) string {
		raw, err := json.Marshal(map[string]any{"files": v})
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	tests := []struct {
		name, body, media string
		status            int
		key               string
	}{
		{"no JSON", "{", jsonType, http.StatusBadRequest, "malformed"},
		{"another field", `{"files":{},"run":true}`, jsonType, http.StatusBadRequest, "malformed"},
		{"a form", "a=b", form, http.StatusUnsupportedMediaType, "media-type"},
		{"no files", `{}`, jsonType, http.StatusUnprocessableEntity, "program"},
		{"a large file", files(map[string]string{"main.go": big}), jsonType, http.StatusUnprocessableEntity, "program"},
		{"many files", files(many), jsonType, http.StatusUnprocessableEntity, "program"},
		{"no text", files(map[string]string{"main.go": "\x00"}), jsonType, http.StatusUnprocessableEntity, "text"},
		{"a large body", files(map[string]string{"main.go": strings.Repeat(big, 5)}), jsonType, http.StatusRequestEntityTooLarge, "too-large"},
	}
	s := running(t, 1, func(context.Context, grader.Program, func(grader.Progress)) (*grader.Ran, error) {
		t.Error("a program was run")
		return uneventful(), nil
	})
	for _, tt := range tests {
		for lang := range map[string]bool{"fr": true, "en": true} {
			got := s.send(t, "POST", runPath, tt.body, "Content-Type", tt.media, "Accept-Language", lang)
			if got.status != tt.status || !strings.Contains(got.body, "urn:manche:problem:"+tt.key+`"`) || got.header.Get("Content-Language") != lang {
				t.Errorf("%s, %s: %d %s", tt.name, lang, got.status, got.body)
			}
		}
	}
	early := open(t).send(t, "POST", runPath, hello, "Content-Type", jsonType)
	if early.status != http.StatusServiceUnavailable || early.header.Get("Retry-After") == "" {
		t.Errorf("before there is a runner: %d, Retry-After %q", early.status, early.header.Get("Retry-After"))
	}
}

func TestRunLimitsAnAddress(t *testing.T) {
	s := running(t, 1, printing("x"), stopped, func(c *web.Config) { c.Limits.PerMinute = 2 })
	for i, want := range []int{http.StatusOK, http.StatusOK, http.StatusTooManyRequests} {
		got := s.send(t, "POST", runPath, hello, "Content-Type", jsonType)
		if got.status != want {
			t.Fatalf("run %d: status %d, want %d", i, got.status, want)
		}
		if after := got.header.Get("Retry-After"); want == http.StatusTooManyRequests && after != "15" {
			t.Errorf("Retry-After %q, want 15: four a minute", after)
		}
	}
}

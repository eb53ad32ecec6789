package web_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"manche/grader"
	"manche/grader/sandbox"
	"manche/web"
)

// runner runs programs as a test wants them to run.
type runner func(ctx context.Context, p grader.Program, observe func(grader.Progress)) (*grader.Ran, error)

// Follow implements web.Runner.
func (r runner) Follow(ctx context.Context, p grader.Program, observe func(grader.Progress)) (*grader.Ran, error) {
	return r(ctx, p, observe)
}

// running opens a site that runs programs, so many at a time.
func running(t *testing.T, slots int, r runner, change ...func(*web.Config)) *site {
	t.Helper()
	s := open(t, change...)
	s.web.AttachRuns(web.NewRuns(r, slots))
	return s
}

// uneventful is what comes of a program in which nothing is found.
func uneventful() *grader.Ran {
	v := passed()
	v.Runs.Count = 3
	return &grader.Ran{Verdict: v, End: grader.End{Stop: grader.Returned}}
}

// racy is what comes of one with a race on its third line.
func racy() *grader.Ran {
	v := failed()
	v.Findings = []grader.Finding{{
		Kind: grader.KindRace, Axis: grader.RaceFree, Severity: grader.SeverityError, Check: "main", Key: "race.same_line",
		Place: grader.Place{File: "main.go", Line: 3}, Params: map[string]string{"line": "3", "on": "`n`", "who": "?"},
	}}
	return &grader.Ran{Verdict: v, End: grader.End{Stop: sandbox.Exited, ExitCode: 2}}
}

// printing is a runner of programs that print a text and end well.
func printing(text string) runner {
	return func(_ context.Context, _ grader.Program, observe func(grader.Progress)) (*grader.Ran, error) {
		observe(grader.Progress{Stage: grader.StageRunning, Output: text})
		return uneventful(), nil
	}
}

// gate is a runner that says when a program begins, and ends it when told, or with
// its context.
type gate struct {
	begun, end chan struct{}
	stopped    chan error // gets why a program was stopped
}

func newGate() *gate {
	return &gate{begun: make(chan struct{}, 200), end: make(chan struct{}), stopped: make(chan error, 200)}
}

func (g *gate) run(ctx context.Context, _ grader.Program, _ func(grader.Progress)) (*grader.Ran, error) {
	g.begun <- struct{}{}
	select {
	case <-g.end:
		return uneventful(), nil
	case <-ctx.Done():
		g.stopped <- context.Cause(ctx)
		return nil, ctx.Err()
	}
}

const (
	runPath = "/api/v1/run"
	hello   = `{"files":{"main.go":"package main\n\nfunc main() { println(1) }\n"}}`
	// someone and somebody are keys of learners.
	someone  = "manche_learner=aaaaaaaaaaaaaaaaaaaaaaaaaa"
	somebody = "manche_learner=bbbbbbbbbbbbbbbbbbbbbbbbbb"
)

// run runs a program and returns its stream, and what ends the request.
func (s *site) run(t *testing.T, body string, headers ...string) (eventStream, context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), deadline)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, "POST", s.URL+runPath, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", jsonType)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := s.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	if res.StatusCode != http.StatusOK {
		t.Fatalf("status %d, want 200", res.StatusCode)
	}
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	return eventStream{lines}, cancel
}

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

func TestRunEndsWithItsClient(t *testing.T) {
	g := newGate()
	s := running(t, 1, g.run)
	_, leave := s.run(t, hello)
	<-g.begun
	leave()
	if err := <-g.stopped; !errors.Is(err, context.Canceled) {
		t.Errorf("stopped by %v, want %v", err, context.Canceled)
	}
	stream, _ := s.run(t, hello) // and its place is free
	<-g.begun
	close(g.end)
	for e, ok := stream.more(t); ok; e, ok = stream.more(t) {
		if e.name == "result" {
			return
		}
	}
	t.Error("the next program has no result")
}

// Programs wait for their turn and are told their place; who leaves the line lets
// the others move up.
func TestRunWaitsInLine(t *testing.T) {
	g := newGate()
	s := running(t, 1, g.run)
	s.run(t, hello)
	<-g.begun
	second, leave := s.run(t, hello)
	wantPlace(t, second, 0)
	third, _ := s.run(t, hello)
	wantPlace(t, third, 1)
	leave()
	wantPlace(t, third, 0)
	g.end <- struct{}{}
	<-g.begun
	close(g.end)
	if e := third.next(t); e.name != "result" {
		t.Errorf("the third gets %+v", e)
	}
}

func wantPlace(t *testing.T, stream eventStream, place int) {
	t.Helper()
	want := `{"state":"queued","place":` + strconv.Itoa(place) + `}`
	if e := stream.next(t); e.name != "state" || e.data != want {
		t.Fatalf("got %+v, want %s", e, want)
	}
}

// A learner who comes after somebody with many programs waits for one of them.
func TestRunTakesTurns(t *testing.T) {
	g := newGate()
	s := running(t, 1, g.run)
	s.run(t, hello)
	<-g.begun
	for i := range 5 { // without a key: by address
		stream, _ := s.run(t, hello)
		wantPlace(t, stream, i)
	}
	learner, _ := s.run(t, hello, "Cookie", someone)
	wantPlace(t, learner, 0)
	g.end <- struct{}{}
	<-g.begun
	g.end <- struct{}{}
	if e := lastOf(t, learner); e.name != "result" {
		t.Errorf("the learner's run ends with %+v", e)
	}
	close(g.end)
}

func TestRunReplacesTheLearnersOwn(t *testing.T) {
	g := newGate()
	s := running(t, 2, g.run)
	first, _ := s.run(t, hello, "Cookie", someone)
	<-g.begun
	other, _ := s.run(t, hello, "Cookie", somebody)
	<-g.begun
	second, _ := s.run(t, hello, "Cookie", someone)
	<-g.stopped
	if e := lastOf(t, first); e.name != "error" || e.data != `{"error":"replaced"}` {
		t.Errorf("the first ends with %+v", e)
	}
	<-g.begun
	close(g.end)
	for name, stream := range map[string]eventStream{"the second": second, "another learner's": other} {
		if e := lastOf(t, stream); e.name != "result" {
			t.Errorf("%s ends with %+v", name, e)
		}
	}
}

// lastOf reads a stream to its end.
func lastOf(t *testing.T, stream eventStream) (last event) {
	t.Helper()
	for e, ok := stream.more(t); ok; e, ok = stream.more(t) {
		last = e
	}
	return last
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

// A line that is full takes nobody in, and says when it will.
func TestRunLineIsBounded(t *testing.T) {
	const waiting = 60 // from one address
	g := newGate()
	s := running(t, 2, g.run, func(c *web.Config) { c.Limits.PerMinute = 1000 })
	for range 2 {
		s.run(t, hello)
		<-g.begun
	}
	var last eventStream
	for i := range waiting {
		last, _ = s.run(t, hello)
		wantPlace(t, last, i)
	}
	got := s.send(t, "POST", runPath, hello, "Content-Type", jsonType)
	if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "15" { // 60 of a second each, half of them, two at a time
		t.Errorf("one more: %d, Retry-After %q", got.status, got.header.Get("Retry-After"))
	}
	close(g.end)
	if e := lastOf(t, last); e.name != "result" {
		t.Errorf("the last in line ends with %+v", e)
	}
}

// A server that stops stops its programs, and waits for them.
func TestRunEndsWithTheServer(t *testing.T) {
	g := newGate()
	srv, err := web.New(config(t))
	if err != nil {
		t.Fatal(err)
	}
	srv.AttachRuns(web.NewRuns(runner(g.run), 2))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ctx, ln) }()
	s := &site{web: srv, client: &http.Client{Transport: &http.Transport{}}, Server: serverAt("http://" + ln.Addr().String())}
	defer s.client.CloseIdleConnections()
	stream, _ := s.run(t, hello)
	<-g.begun
	page := make(chan answer, 1)
	go func() {
		page <- s.send(t, "POST", "/en/lessons/leaks/run/run-1", "", "Content-Type", form, "Cookie", someone)
	}()
	<-g.begun
	stop()
	<-g.stopped
	<-g.stopped
	if e := lastOf(t, stream); e.name == "result" {
		t.Errorf("the stream ends with %+v", e)
	}
	if got := <-page; got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" {
		t.Errorf("the page answers %d", got.status)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve returned %v", err)
	}
}

// A runner that panics takes no other program with it.
func TestRunOutlivesAPanic(t *testing.T) {
	s := running(t, 1, func(_ context.Context, p grader.Program, _ func(grader.Progress)) (*grader.Ran, error) {
		if strings.Contains(string(p.Files["main.go"]), "println") {
			panic("out of order")
		}
		return uneventful(), nil
	})
	for body, want := range map[string]string{hello: "error", `{"files":{"main.go":"package main"}}`: "result"} {
		stream, _ := s.run(t, body)
		if e := lastOf(t, stream); e.name != want {
			t.Errorf("it ends with %+v, want %s", e, want)
		}
	}
}

// A failure of ours is told as one, and the log has nothing of the code.
func TestRunThatWeFail(t *testing.T) {
	var log bytes.Buffer
	s := running(t, 1, func(context.Context, grader.Program, func(grader.Progress)) (*grader.Ran, error) {
		return nil, errors.New("the disk is full")
	}, func(c *web.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	stream, _ := s.run(t, hello)
	if e := lastOf(t, stream); e.name != "error" || e.data != `{"error":"internal"}` {
		t.Errorf("it ends with %+v", e)
	}
	page := s.send(t, "POST", "/fr/lessons/leaks/run/run-1", "", "Content-Type", form)
	if page.status != http.StatusInternalServerError || !strings.Contains(page.body, "La faute est de notre côté") {
		t.Errorf("the page answers %d", page.status)
	}
	if said := log.String(); strings.Count(said, "the disk is full") != 2 || strings.Contains(said, "println") {
		t.Errorf("the log says %q", said)
	}
}

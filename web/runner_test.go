package web_test

import (
	"bufio"
	"context"
	"net/http"
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

// lastOf reads a stream to its end.
func lastOf(t *testing.T, stream eventStream) (last event) {
	t.Helper()
	for e, ok := stream.more(t); ok; e, ok = stream.more(t) {
		last = e
	}
	return last
}

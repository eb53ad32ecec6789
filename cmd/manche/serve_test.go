//go:build linux

package main_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"

	"manche/grader"
	"manche/grader/proof"
)

// remoteJudge judges over HTTP.
type remoteJudge struct {
	t      *testing.T
	server *server
}

// Judge implements what [proof.Run] asks for.
func (j remoteJudge) Judge(_ context.Context, sub grader.Submission) (*grader.Verdict, error) {
	c := j.server.anybody()
	status, got := c.submit(j.t, sub.Files, false)
	if status != http.StatusAccepted && status != http.StatusOK { // the starter is a wrong answer as well
		return nil, fmt.Errorf("a submission is answered by %d", status)
	}
	return c.verdict(j.t, got.ID), nil
}

// What author check proves in one process, the server proves over HTTP.
func TestServeProvesTheKnownAnswers(t *testing.T) {
	s := startServer(t)
	all, err := proof.Cases(bundle(t))
	if err != nil {
		t.Fatal(err)
	}
	cases := slices.DeleteFunc(all, func(c proof.Case) bool { return c.Mutant != nil })
	const workers = 4 // more than the server has, so that some wait
	done := 0
	r, err := proof.Run(t.Context(), proof.Plan{
		Judge: remoteJudge{t, s}, Effort: proof.Effort{Runs: 1, Verdicts: 1}, Workers: workers, Done: func(proof.Case) { done++ },
	}, cases)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Defects {
		t.Errorf("%s: %s, want %q, got %q", d.File, d.Key, d.Params["want"], d.Params["got"])
	}
	if done != len(cases) || done == 0 {
		t.Errorf("%d of %d known answers were judged", done, len(cases))
	}
}

func TestServeTakesAClassAtOnce(t *testing.T) {
	s := startServer(t)
	starter := bundle(t).Starter.Files
	var ids sync.Map
	var class sync.WaitGroup
	const learners = 20
	for i := range learners {
		class.Go(func() {
			c := s.anybody()
			sub := c.accepted(t, distinct(starter, "learner "+strconv.Itoa(i)))
			ids.Store(sub.ID, true)
			v := c.verdict(t, sub.ID)
			if v.Outcome != grader.Failed || len(v.Findings) == 0 || v.Findings[0].Kind != grader.KindLeak {
				t.Errorf("learner %d: outcome %q with %d findings, want failed with a leak", i, v.Outcome, len(v.Findings))
			}
		})
	}
	class.Wait()
	different := 0
	ids.Range(func(any, any) bool { different++; return true })
	if different != learners {
		t.Errorf("%d learners have %d submissions", learners, different)
	}
}

func TestServeLimitsAnAddress(t *testing.T) {
	const perMinute, atOnce = 6, 3
	s := launch{args: []string{"--per-minute", strconv.Itoa(perMinute)}}.start(t)
	starter := bundle(t).Starter.Files
	for i := range atOnce {
		s.anybody().accepted(t, distinct(starter, strconv.Itoa(i)))
	}
	for i, lang := range []string{"fr", "en"} {
		most := (i + 1) * 60 / perMinute // the second is told to come after the first
		body, err := json.Marshal(map[string]any{"files": map[string]string{"search.go": "package search // " + lang}})
		if err != nil {
			t.Fatal(err)
		}
		r := s.anybody().speaking(lang).do(t, http.MethodPost, exercisePath, "application/json", body)
		p := wantProblem(t, r, http.StatusTooManyRequests, "busy", lang)
		after, err := strconv.Atoi(r.header.Get("Retry-After"))
		if err != nil || after < 1 || after > most || after != p.RetryAfter {
			t.Errorf("Retry-After is %q and the document says %d, want the same, from 1 to %d", r.header.Get("Retry-After"), p.RetryAfter, most)
		}
		if r.header.Get("Set-Cookie") != "" {
			t.Error("who is turned away is given a cookie all the same")
		}
	}
}

func TestServeKnowsAnAnswerAgain(t *testing.T) {
	s := startServer(t)
	files := bundle(t).Starter.Files
	first := s.anybody().accepted(t, files)
	v := s.anybody().verdict(t, first.ID)
	status, again := s.anybody().submit(t, files, false)
	if status != http.StatusOK || again.State != "done" || again.ID == first.ID {
		t.Errorf("the same files from somebody else: %d, state %q, id %s after %s, want 200, done, an id of its own",
			status, again.State, again.ID, first.ID)
	}
	if got := decode(t, again.Verdict); string(got.Canonical()) != string(v.Canonical()) || got.Runs.Seed != v.Runs.Seed {
		t.Errorf("the same files got another verdict:\n%s\nafter\n%s", again.Verdict, v.Canonical())
	}
}

func TestServeReplacesWhatIsSuperseded(t *testing.T) {
	s := startServer(t, "--workers", "1")
	learner := s.learner(t)
	_, first := learner.submit(t, hanging(), true)
	await(t, "the first submission to run", func() bool { return learner.read(t, first.ID).State == "running" })
	status, second := learner.submit(t, bundle(t).Reference, true)
	if status != http.StatusAccepted || second.ID == first.ID {
		t.Fatalf("the second submission is answered by %d, id %s, want 202 and another id than %s", status, second.ID, first.ID)
	}
	got := learner.read(t, first.ID)
	if got.State != "superseded" || got.SupersededBy != second.ID || string(got.Verdict) != "null" {
		t.Errorf("the first submission is %q by %q, verdict %s, want superseded by %q, null", got.State, got.SupersededBy, got.Verdict, second.ID)
	}
	events := learner.follow(t, first.ID)
	var told submission
	if n := len(events); n == 0 || events[n-1].name != "error" || json.Unmarshal([]byte(events[n-1].data), &told) != nil || told.SupersededBy != second.ID {
		t.Errorf("the first submission's stream is %v, want an error at its end that names %q", events, second.ID)
	}
	if v := learner.verdict(t, second.ID); v.Outcome != grader.Passed {
		t.Errorf("the second submission: %q, want passed", v.Outcome)
	}
}

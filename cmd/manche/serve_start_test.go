//go:build linux

package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"manche/grader"
)

// promisedHealth is how soon after its start the server promises to answer
// /healthz, also where it has everything yet to prepare.
const promisedHealth = 5 * time.Second

// preparation is what /readyz tells.
type preparation struct {
	Ready       bool
	Done, Total int
}

func readyz(t *testing.T, s *server) (int, preparation) {
	t.Helper()
	r := s.anybody().get(t, "/readyz")
	var p preparation
	if err := json.Unmarshal(r.body, &p); err != nil {
		t.Fatalf("/readyz answers %d, %q: %v", r.status, r.body, err)
	}
	return r.status, p
}

// A machine on which nothing was ever compiled: the server is there at once,
// says how far it is, takes submissions, and can be told to stop. The next one
// judges what this one took.
func TestServeStartsWithNothing(t *testing.T) {
	if _, err := program(); err != nil { // built before the clock runs
		t.Fatal(err)
	}
	empty, took := healthy(t)
	for tries := 1; took > promisedHealth && tries < 3; tries++ { // a busy machine makes everything slow
		wantOrderlyEnd(t, empty)
		empty, took = healthy(t)
	}
	if took > promisedHealth {
		t.Errorf("/healthz answered %v after the start at best, want %v at most", took, promisedHealth)
	}
	sub := empty.anybody().accepted(t, bundle(t).Reference)
	wantGrowth(t, empty)
	if got := empty.anybody().read(t, sub.ID); got.State != "queued" {
		t.Errorf("before the grader is ready, the submission is %q, want queued", got.State)
	}
	wantOrderlyEnd(t, empty)

	next := launch{data: empty.data}.start(t)
	if v := next.anybody().verdict(t, sub.ID); v.Outcome != grader.Passed {
		t.Errorf("the reference is %q, want passed", v.Outcome)
	}
}

// healthy starts a server where nothing was ever compiled, and returns how long it
// took to answer /healthz.
func healthy(t *testing.T) (*server, time.Duration) {
	t.Helper()
	begin := time.Now()
	s := launch{env: []string{"XDG_CACHE_HOME=" + t.TempDir(), "GOCACHE=" + t.TempDir()}}.start(t)
	if r := s.anybody().get(t, "/healthz"); r.status != http.StatusOK {
		t.Fatalf("/healthz answers %d, want 200", r.status)
	}
	return s, time.Since(begin)
}

// wantGrowth wants /readyz to answer 503 with a progress that grows.
func wantGrowth(t *testing.T, s *server) {
	t.Helper()
	last, steps := preparation{}, 0
	await(t, "the preparation to advance", func() bool {
		status, now := readyz(t, s)
		if status != http.StatusServiceUnavailable || now.Ready || now.Done < last.Done || now.Done > now.Total {
			t.Fatalf("/readyz answers %d, %+v after %+v, want 503 and a progress", status, now, last)
		}
		if now.Done > last.Done {
			steps++
		}
		last = now
		const enough = 3 // to be a movement
		return steps >= enough
	})
}

// What is sent before the server is ready is judged once it is, by the same
// server, and whoever follows hears of it.
func TestServeAcceptsBeforeItIsReady(t *testing.T) {
	gate, environment := gatedGo(t)
	s := launch{env: append(environment, "XDG_CACHE_HOME="+t.TempDir())}.start(t)
	c := s.anybody()
	sub := c.accepted(t, bundle(t).Starter.Files)
	if status, p := readyz(t, s); status != http.StatusServiceUnavailable || p.Ready {
		t.Errorf("/readyz answers %d, %+v before the grader can be ready, want 503", status, p)
	}
	if got := c.read(t, sub.ID); got.State != "queued" || string(got.Verdict) != "null" {
		t.Errorf("before the grader is ready, the submission is %q with %s, want queued and null", got.State, got.Verdict)
	}
	judged := make(chan *grader.Verdict, 1)
	go func() { judged <- c.verdict(t, sub.ID) }()
	if err := os.WriteFile(gate, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if v := <-judged; v.Outcome != grader.Failed || v.Findings[0].Kind != grader.KindLeak {
		t.Errorf("the starter got %s, want failed with a leak", v.Canonical())
	}
	if status, p := readyz(t, s); status != http.StatusOK || !p.Ready {
		t.Errorf("/readyz answers %d, %+v after a verdict, want 200", status, p)
	}
}

// gatedGo returns an environment in which the go command lists packages, which
// every preparation begins with, only once the file gate exists. Its own cache
// stays the user's.
func gatedGo(t *testing.T) (gate string, environment []string) {
	t.Helper()
	real, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	cache, err := exec.Command(real, "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	gate = filepath.Join(dir, "gate")
	script := fmt.Sprintf("#!/bin/sh\nif [ \"$1\" = list ]; then\n\tuntil [ -e '%s' ]; do sleep 0.05; done\nfi\nexec '%s' \"$@\"\n", gate, real)
	if err := os.WriteFile(filepath.Join(dir, "go"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	path := "PATH=" + dir + string(os.PathListSeparator) + os.Getenv("PATH")
	return gate, []string{path, "GOCACHE=" + strings.TrimSpace(string(cache))}
}

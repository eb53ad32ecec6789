package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"manche/exercises"
	"manche/grader"
	"manche/grader/queue"
	"manche/web"
)

func TestSubmitAndReadTheVerdict(t *testing.T) {
	s := open(t)
	s.judging(t, always(failed()))
	got := s.submit(t, "package search\n")
	sub := decode[status](t, got.body)
	if got.status != http.StatusAccepted || sub.ID == "" || sub.URL != "/api/v1/submissions/"+sub.ID || sub.Verdict != nil {
		t.Fatalf("accepted as %d %s", got.status, got.body)
	}
	if loc := got.header.Get("Location"); loc != sub.URL {
		t.Errorf("Location %q, want %q", loc, sub.URL)
	}
	done := s.finished(t, sub.ID)
	if done.State != "done" || done.Verdict == nil || done.Verdict.Outcome != grader.Failed {
		t.Errorf("finished as %+v", done)
	}
}

// What was judged once is not judged again: not for the same learner, not for
// another.
func TestKnownVerdictComesAtOnce(t *testing.T) {
	s := open(t)
	s.judging(t, always(passed()))
	s.finished(t, decode[status](t, s.submit(t, "package search\n").body).ID)
	s.client.Jar = nil // somebody else
	got := s.submit(t, "package search\n")
	if sub := decode[status](t, got.body); got.status != http.StatusOK || sub.State != "done" || sub.Verdict == nil || !sub.Verdict.Receipt.Recalled {
		t.Errorf("the second time: %d %s", got.status, got.body)
	}
	if got := s.submit(t, "package search // changed\n"); got.status != http.StatusAccepted {
		t.Errorf("other code answers %d, want 202", got.status)
	}
}

// What another grader judged, or by other checks, is judged again.
func TestAnotherRevisionIsJudgedAnew(t *testing.T) {
	revision := "one" // handlers and test take turns
	s := open(t, func(c *web.Config) { c.Revision = func(string) string { return revision } })
	s.judging(t, always(passed()))
	s.finished(t, decode[status](t, s.submit(t, "package search\n").body).ID)
	for _, step := range []struct {
		revision string
		want     int
	}{{"one", http.StatusOK}, {"two", http.StatusAccepted}} {
		revision = step.revision
		if got := s.submit(t, "package search\n"); got.status != step.want {
			t.Errorf("by revision %s it answers %d, want %d", step.revision, got.status, step.want)
		}
	}
}

// What could not be proven may be by another attempt.
func TestUnprovenIsJudgedAgain(t *testing.T) {
	s := open(t)
	v := passed()
	v.Outcome = grader.Unproven
	s.judging(t, always(v))
	s.finished(t, decode[status](t, s.submit(t, "package search\n").body).ID)
	if got := s.submit(t, "package search\n"); got.status != http.StatusAccepted {
		t.Errorf("the second time answers %d, want 202", got.status)
	}
}

func TestAcceptedBeforeTheGraderIsReady(t *testing.T) {
	s := open(t)
	got := s.submit(t, "package search\n")
	if got.status != http.StatusAccepted {
		t.Fatalf("status %d, want 202", got.status)
	}
	sub := decode[status](t, got.body)
	s.judging(t, always(passed()))
	if done := s.finished(t, sub.ID); done.State != "done" {
		t.Errorf("state %q, want done", done.State)
	}
}

func TestNewerSubmissionReplacesTheOlder(t *testing.T) {
	s := open(t)
	first := decode[status](t, s.submit(t, "package search // 1\n").body)
	s.send(t, "POST", submissions, `{"files":{"search.go":"package search // 2\n"},"supersede":true}`, "Content-Type", "application/json")
	got := decode[status](t, s.get(t, first.URL).body)
	if got.State != "superseded" {
		t.Errorf("state %q, want superseded", got.State)
	}
	events := s.get(t, first.URL+"/events").body
	if !strings.HasSuffix(strings.TrimSpace(events), "}") || !strings.Contains(events, "event: error\n") {
		t.Errorf("the stream of a superseded submission: %q", events)
	}
}

func TestIdempotencyKey(t *testing.T) {
	s := open(t)
	first := decode[status](t, s.submit(t, "package search // 1\n", "Idempotency-Key", "k").body)
	again := decode[status](t, s.submit(t, "package search // 1\n", "Idempotency-Key", "k").body)
	if first.ID != again.ID {
		t.Errorf("sent again, it is %s instead of %s", again.ID, first.ID)
	}
	if got := s.submit(t, "package search // 2\n", "Idempotency-Key", "k"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("another submission under the key answers %d, want 422", got.status)
	}
}

// A failure of ours is told as one, without its details, and is not a verdict.
func TestOurFailure(t *testing.T) {
	s := open(t)
	sub := decode[status](t, s.submit(t, "package search\n").body)
	failTimes(t, s, sub.ID, queue.MaxFailures)
	got := s.get(t, sub.URL)
	if st := decode[status](t, got.body); st.State != "error" || st.Error != "internal" || st.Verdict != nil {
		t.Errorf("told as %s", got.body)
	}
	if strings.Contains(got.body, "secret") {
		t.Error("the details of our failure go out")
	}
	page := s.get(t, "/fr/submissions/"+sub.ID)
	if page.status != http.StatusOK || !strings.Contains(page.body, "La faute est de notre côté") {
		t.Errorf("page: %d without saying whose fault it is", page.status)
	}
}

// failTimes records failures of ours, as the queue does.
func failTimes(t *testing.T, s *site, id string, times int) {
	t.Helper()
	now := start
	for range times {
		now = now.Add(deadline)
		jobs, err := s.store.Claim(t.Context(), now, 1, deadline)
		if err != nil || len(jobs) != 1 {
			t.Fatalf("claimed %v, %v", jobs, err)
		}
		if _, err := s.store.Record(t.Context(), now, []queue.Outcome{{ID: id, Epoch: jobs[0].Epoch, Err: "secret of ours"}}); err != nil {
			t.Fatal(err)
		}
	}
}

// Nothing is judged before the client has heard that it waits, and nothing is found
// before it has heard that it is built: then it is subscribed, and misses nothing.
func TestEventsInTheirOrder(t *testing.T) {
	s := open(t)
	sub := decode[status](t, s.submit(t, "package search\n").body)
	stream := s.stream(t, sub.ID)
	got, built := []string{inShort(t, stream.next(t))}, make(chan struct{})
	find := sync.OnceFunc(func() { close(built) })
	s.judging(t, func(ctx context.Context, _ queue.Job, report func(queue.State, json.RawMessage)) ([]byte, bool, error) {
		select {
		case <-built:
		case <-ctx.Done():
			return nil, false, errors.New("nobody listened")
		}
		report(queue.Running, json.RawMessage("{\n\"kind\": \"leak\"}"))
		raw, err := json.Marshal(passed())
		return raw, true, err
	})
	for e, ok := stream.more(t); ok; e, ok = stream.more(t) {
		got = append(got, inShort(t, e))
		if got[len(got)-1] == "building" {
			find()
		}
	}
	if want := []string{"queued", "building", "running", `finding {"kind":"leak"}`, "done", "verdict passed"}; !slices.Equal(got, want) {
		t.Errorf("events %q, want %q", got, want)
	}
}

// inShort sums an event up.
func inShort(t *testing.T, e event) string {
	t.Helper()
	switch e.name {
	case "state":
		return decode[struct{ State string }](t, e.data).State
	case "verdict":
		return "verdict " + string(decode[grader.Verdict](t, e.data).Outcome)
	}
	return e.name + " " + e.data
}

func TestEventsAfterTheEnd(t *testing.T) {
	s := open(t)
	s.judging(t, always(failed()))
	sub := decode[status](t, s.submit(t, "package search\n").body)
	s.finished(t, sub.ID)
	late := s.get(t, sub.URL+"/events", "Accept-Encoding", "gzip")
	if late.header.Get("Content-Type") != "text/event-stream" || late.header.Get("Content-Encoding") != "" {
		t.Errorf("headers %v", late.header)
	}
	if want := "event: state\ndata: {\"state\":\"done\",\"place\":0}\n\nevent: verdict\ndata: {"; !strings.HasPrefix(late.body, want) {
		t.Errorf("got %q, want it to begin with %q", late.body, want)
	}
}

func TestSchemaAndHealth(t *testing.T) {
	s := open(t)
	if got := s.get(t, "/api/v1/verdict.schema.json"); got.status != http.StatusOK || got.body != `{"title":"verdict"}` {
		t.Errorf("schema: %d %s", got.status, got.body)
	}
	if got := s.get(t, "/api/v1/exercise.schema.json"); got.status != http.StatusOK || got.body != string(exercises.Schema) {
		t.Errorf("schema of an exercise: %d %s", got.status, got.body)
	}
	if got := s.get(t, "/healthz"); got.status != http.StatusOK {
		t.Errorf("healthz: %d", got.status)
	}
	if got := s.get(t, "/readyz"); got.status != http.StatusOK {
		t.Errorf("readyz without preparations: %d", got.status)
	}
}

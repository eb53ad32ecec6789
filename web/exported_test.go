package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"manche/web"
	"manche/web/store"
)

func TestExport(t *testing.T) {
	s, _ := openAt(t)
	s.judging(t, always(failed()))
	sub := decode[status](t, s.submit(t, "package search // é\n").body)
	s.finished(t, sub.ID)
	s.send(t, "PUT", "/api/v1/exercises/"+slug+"/draft", `{"files":{"search.go":"package draft"}}`, "Content-Type", "application/json")
	s.post(t, recall, "text=une+place")
	s.post(t, recall+"/rating", "seen=0&rating=good")
	s.another(t).post(t, recall, "text=of+somebody+else")

	got := s.get(t, "/fr/progress/export")
	if got.header.Get("Content-Disposition") != `attachment; filename="manche.json"` || got.header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("headers %v", got.header)
	}
	type place struct{ Lesson, Activity, Text string }
	all := decode[struct {
		Version     int
		Exported    string `json:"exported_at"`
		Submissions []struct {
			ID, State string
			Accepted  string `json:"accepted_at"`
			Files     map[string]string
			Verdict   struct{ Outcome string }
		}
		Drafts  []struct{ Files map[string]string }
		Answers []place
		Cards   []struct {
			place
			Due     string
			Ratings int
		}
	}](t, got.body)
	if all.Version != 2 || all.Exported != "2027-03-01T09:00:00Z" || len(all.Submissions) != 1 || len(all.Drafts) != 1 || len(all.Answers) != 1 || len(all.Cards) != 1 {
		t.Fatalf("got %+v", all)
	}
	if one := all.Submissions[0]; one.ID != sub.ID || one.State != "done" || one.Files["search.go"] != "package search // é\n" || one.Verdict.Outcome != "failed" || one.Accepted == "" {
		t.Errorf("submission %+v", one)
	}
	if all.Drafts[0].Files["search.go"] != "package draft" || all.Answers[0] != (place{"leaks", "remedies", "une place"}) {
		t.Errorf("got %+v", all)
	}
	if c := all.Cards[0]; c.Activity != "remedies" || c.Due != "2027-03-04T00:00:00Z" || c.Ratings != 1 {
		t.Errorf("card %+v", c)
	}
	key, _ := web.KeyOf(s.code(t))
	if strings.Contains(got.body, key) {
		t.Error("the learner's key is in the export")
	}
	if nobody := s.another(t).get(t, "/en/progress/export"); !json.Valid([]byte(nobody.body)) || strings.Contains(nobody.body, "place") {
		t.Errorf("of nobody: %s", nobody.body)
	}
}

// An export has every submission, however many.
func TestExportIsWhole(t *testing.T) {
	s := open(t)
	for i := range 45 {
		s.submit(t, "package search\n// "+strings.Repeat("x", i)+"\n")
	}
	all := decode[struct {
		Submissions []struct{ Files map[string]string }
	}](t, s.get(t, "/fr/progress/export").body)
	seen := map[string]bool{}
	for _, sub := range all.Submissions {
		seen[sub.Files["search.go"]] = true
	}
	if len(seen) != 45 {
		t.Errorf("%d of 45 submissions", len(seen))
	}
}

// broken is a store whose submissions cannot be read to the end.
type broken struct{ web.Store }

func (b broken) EachSubmission(ctx context.Context, learner string, f func(store.Submission) error) error {
	return errors.Join(b.Store.EachSubmission(ctx, learner, f), errors.New("the disk is gone"))
}

// Half an export does not look like a whole one: the connection breaks off.
func TestExportBreaksOff(t *testing.T) {
	c := config(t)
	c.Store = broken{c.Store}
	srv, err := web.New(c)
	if err != nil {
		t.Fatal(err)
	}
	served := httptest.NewServer(srv)
	defer served.Close()
	for _, coding := range []string{"identity", "gzip"} {
		req, err := http.NewRequestWithContext(t.Context(), "GET", served.URL+"/fr/progress/export", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Encoding", coding)
		res, err := served.Client().Do(req)
		if err != nil {
			continue // not even a head
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err == nil {
			t.Errorf("%s: a whole answer, %d %q", coding, res.StatusCode, body)
		}
	}
}

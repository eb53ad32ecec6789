package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"manche/grader/queue"
	"manche/web"
	"manche/web/store"
)

// another is a second browser on the same site.
func (s *site) another(t *testing.T) *site {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	other, client := *s, *s.client
	client.Jar = jar
	other.client = &client
	return &other
}

var codeOnPage = regexp.MustCompile(`id="code"[^>]*>([0-9A-Z-]+)<`)

// code asks for the reader's recovery code.
func (s *site) code(t *testing.T) string {
	t.Helper()
	m := codeOnPage.FindStringSubmatch(s.send(t, "POST", "/fr/progress/code", "", "Content-Type", form).body)
	if m == nil {
		t.Fatal("no code on the page")
	}
	return m[1]
}

func (s *site) enter(t *testing.T, code, own string) answer {
	t.Helper()
	return s.send(t, "POST", "/fr/progress/recover", url.Values{"code": {code}, "own": {own}}.Encode(), "Content-Type", form)
}

func TestRecover(t *testing.T) {
	s := open(t)
	wants(t, s.get(t, "/fr/progress").body, "no: Afficher mon code", `action="/fr/progress/recover"`)
	s.post(t, lesson+"/activities/remedies", "text=une+place")
	page := s.get(t, "/fr/progress").body
	code := s.code(t)
	if strings.Contains(page, code) || strings.Contains(page, code[:9]) {
		t.Error("the code is shown without being asked for")
	}
	phone := s.another(t)
	wants(t, phone.get(t, lesson+"/mine").body, "no: une place")
	if got := phone.enter(t, strings.ToLower(code), ""); got.status != http.StatusSeeOther || got.header.Get("Location") != "/fr/progress?done=moved" {
		t.Fatalf("status %d to %s", got.status, got.header.Get("Location"))
	}
	wants(t, phone.get(t, "/fr/progress?done=moved").body, "Votre parcours est ici.", "1 réponse pour 5 questions")
	wants(t, phone.get(t, lesson+"/mine").body, "une place")
	if got := phone.enter(t, code, ""); got.status != http.StatusSeeOther { // it is there already
		t.Errorf("the own code again: status %d", got.status)
	}
}

func TestRecoverAsksForOwnHistory(t *testing.T) {
	for _, tt := range []struct {
		own        string
		here, left int // answers under the code, and under the browser's own
	}{{"merge", 2, 0}, {"leave", 1, 1}} {
		t.Run(tt.own, func(t *testing.T) {
			s := open(t)
			s.post(t, lesson+"/activities/remedies", "text=une+place")
			code := s.code(t)
			phone := s.another(t)
			phone.post(t, lesson+"/activities/collected", "text=la+pile")
			own := phone.code(t)
			asked := phone.enter(t, code, "")
			wants(t, asked.body, "Ce navigateur a déjà un parcours", own, `value="`+code+`"`)
			if asked.status != http.StatusOK || asked.header.Get("Set-Cookie") != "" {
				t.Errorf("asking has changed something: %d %v", asked.status, asked.header)
			}
			wants(t, phone.get(t, lesson+"/mine").body, "la pile", "no: une place")
			if got := phone.enter(t, code, tt.own); got.status != http.StatusSeeOther {
				t.Fatalf("status %d", got.status)
			}
			if got := phone.code(t); got != code {
				t.Errorf("the browser has the code %s, want %s", got, code)
			}
			for which, want := range map[string]int{code: tt.here, own: tt.left} {
				key, _ := web.KeyOf(which)
				if held, err := s.store.Held(t.Context(), key); err != nil || held.Answers != want {
					t.Errorf("under %s: %+v, %v; want %d answers", which, held, err, want)
				}
			}
		})
	}
}

func TestRecoverRefuses(t *testing.T) {
	s := open(t)
	unknown := web.CodeOf(key())
	slip := "0" + unknown[1:]
	if unknown[0] == '0' {
		slip = "1" + unknown[1:]
	}
	for code, want := range map[string]string{slip: "une faute dans ce code", unknown: "aucun parcours ne lui correspond", "<b>": `value="<b>"`} {
		got := s.enter(t, code, "")
		if got.status != http.StatusUnprocessableEntity || got.header.Get("Set-Cookie") != "" {
			t.Errorf("%q: status %d, cookie %q", code, got.status, got.header.Get("Set-Cookie"))
		}
		wants(t, got.body, want, `aria-invalid="true"`)
		if strings.Contains(got.body, "<b>") {
			t.Error("what was typed is markup")
		}
	}
	limited := false
	for range 40 {
		limited = limited || s.enter(t, unknown, "").status == http.StatusTooManyRequests
	}
	if !limited {
		t.Error("codes can be tried without a limit")
	}
	if got := s.get(t, "/fr/progress/recover"); got.status != http.StatusMethodNotAllowed {
		t.Errorf("a code in an address: status %d, want 405", got.status)
	}
}

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
	if all.Version != 1 || all.Exported != "2027-03-01T09:00:00Z" || len(all.Submissions) != 1 || len(all.Drafts) != 1 || len(all.Answers) != 1 || len(all.Cards) != 1 {
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

func TestForget(t *testing.T) {
	s := open(t)
	begun, ended := make(chan struct{}), make(chan struct{})
	s.judging(t, func(ctx context.Context, _ queue.Job, _ func(queue.State, json.RawMessage)) ([]byte, bool, error) {
		close(begun)
		<-ctx.Done() // only a cancelled judgement ends
		close(ended)
		return nil, false, ctx.Err()
	})
	wants(t, s.get(t, "/fr/progress/delete").body, "ne conserve rien", "no: danger")
	s.post(t, recall, "text=une+place")
	s.post(t, recall+"/rating", "seen=0&rating=good")
	sub := decode[status](t, s.submit(t, "package search\n").body)
	<-begun
	key, _ := web.KeyOf(s.code(t))
	wants(t, s.get(t, "/fr/progress/delete").body, "C’est définitif", `action="/fr/progress/delete"`)
	if held, err := s.store.Held(t.Context(), key); err != nil || held.Submissions != 1 {
		t.Fatalf("asking has deleted: %+v, %v", held, err)
	}
	got := s.send(t, "POST", "/fr/progress/delete", "", "Content-Type", form)
	if got.status != http.StatusSeeOther || got.header.Get("Clear-Site-Data") != `"storage"` || !strings.Contains(got.header.Get("Set-Cookie"), "manche_learner=; Path=/; Max-Age=0") {
		t.Errorf("status %d, headers %v", got.status, got.header)
	}
	<-ended
	if held, err := s.store.Held(t.Context(), key); err != nil || held.Any() {
		t.Errorf("left: %+v, %v", held, err)
	}
	wants(t, s.get(t, "/fr/progress?done=deleted").body, "Tout a été supprimé.", "Vous n’avez encore rien envoyé")
	if got := s.get(t, "/api/v1/submissions/"+sub.ID); got.status != http.StatusNotFound {
		t.Errorf("the submission: status %d, want 404", got.status)
	}
}

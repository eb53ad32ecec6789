package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"manche/grader/queue"
	"manche/web"
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

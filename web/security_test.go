package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"manche/web"
)

func TestEveryAnswerIsGuarded(t *testing.T) {
	s := open(t)
	for _, path := range []string{"/", "/fr/", "/fr/exercises/" + slug, "/nowhere", "/healthz", "/api/v1/submissions/none", "/static/none"} {
		h := s.get(t, path).header
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if h.Get(name) != want {
				t.Errorf("%s: %s is %q, want %q", path, name, h.Get(name), want)
			}
		}
		csp := h.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: policy %q lacks %q", path, csp, want)
			}
		}
		if strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
	}
}

func TestOtherSitesCannotSubmit(t *testing.T) {
	s := open(t)
	tests := []struct {
		name, header, value string
		want                int
	}{
		{"this site", "Sec-Fetch-Site", "same-origin", http.StatusAccepted},
		{"another site", "Sec-Fetch-Site", "cross-site", http.StatusForbidden},
		{"another origin", "Origin", "https://evil.example", http.StatusForbidden},
		{"a program", "Accept", "*/*", http.StatusAccepted},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := s.submit(t, "package search\n", tt.header, tt.value)
			if got.status != tt.want {
				t.Errorf("status %d, want %d", got.status, tt.want)
			}
			if tt.want == http.StatusForbidden && !strings.Contains(got.body, "cross-origin") {
				t.Errorf("answer %s is no problem document", got.body)
			}
		})
	}
	page := s.send(t, "POST", "/fr/exercises/"+slug, "file:search.go=x", "Content-Type", form, "Sec-Fetch-Site", "cross-site")
	if page.status != http.StatusForbidden || !strings.Contains(page.body, "Envoi refusé") {
		t.Errorf("a form of another site: %d", page.status)
	}
}

func TestReadingSetsNoLearner(t *testing.T) {
	s := open(t)
	for _, page := range append([]string{"review", "mine", "lessons/leaks/mine", "progress/delete", "lessons/leaks/run/run-1"}, pages...) {
		if got := s.get(t, "/fr/"+page).header.Get("Set-Cookie"); strings.Contains(got, "manche_learner") {
			t.Errorf("/fr/%s sets %q", page, got)
		}
	}
}

func TestLearnerCookie(t *testing.T) {
	tests := []struct {
		base   string
		secure bool
	}{{"", false}, {"https://course.example", true}}
	for _, tt := range tests {
		s := open(t, func(c *web.Config) { c.BaseURL = tt.base })
		s.client.Jar = nil
		res := http.Response{Header: s.submit(t, "package search\n").header}
		cookies := res.Cookies()
		if len(cookies) != 1 || cookies[0].Name != "manche_learner" {
			t.Fatalf("cookies %v", cookies)
		}
		c := cookies[0]
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != tt.secure || len(c.Value) != 26 {
			t.Errorf("base %q: cookie %+v", tt.base, c)
		}
		again := s.submit(t, "package search // 2\n", "Cookie", c.Name+"="+c.Value)
		if got := again.header.Get("Set-Cookie"); got != "" {
			t.Errorf("a known learner gets %q", got)
		}
		forged := http.Response{Header: s.submit(t, "package search // 3\n", "Cookie", "manche_learner=me").header}
		if got := forged.Cookies(); len(got) != 1 || got[0].Value == "me" {
			t.Errorf("a made-up key is kept: %v", got)
		}
	}
}

// The rate limit is by address: a whole IPv6 network of one host is one of them,
// and two hosts do not disturb each other.
func TestLimitIsByAddress(t *testing.T) {
	s := open(t, func(c *web.Config) { c.Limits.PerMinute = 2 })
	post := func(from string) int {
		r := httptest.NewRequest("POST", submissions, strings.NewReader(`{"files":{"search.go":"x"}}`))
		r.Header.Set("Content-Type", jsonType)
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		s.web.ServeHTTP(w, r)
		return w.Code
	}
	steps := []struct {
		from string
		want int
	}{
		{"[2001:db8::1]:1", 202}, {"[2001:db8::ffff:2]:9", 429}, {"[2001:db8:0:1::1]:1", 202},
		{"192.0.2.1:1", 202}, {"[::ffff:192.0.2.1]:1", 429}, {"192.0.2.2:1", 202},
	}
	for _, step := range steps {
		if got := post(step.from); got != step.want {
			t.Errorf("from %s: %d, want %d", step.from, got, step.want)
		}
	}
}

// Whoever sends without a key, or with new ones, takes turns as one with all of the
// same address.
func TestNewKeysGiveNoTurns(t *testing.T) {
	s := open(t)
	sent := 0
	place := func(from, cookie string) int {
		sent++
		body := `{"files":{"search.go":"package search // ` + strings.Repeat("x", sent) + `"}}`
		r := httptest.NewRequest("POST", submissions, strings.NewReader(body))
		r.Header.Set("Content-Type", jsonType)
		r.Header.Set("Cookie", cookie)
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		s.web.ServeHTTP(w, r)
		if w.Code != http.StatusAccepted {
			t.Fatalf("submission %d: status %d", sent, w.Code)
		}
		return decode[status](t, w.Body.String()).Place
	}
	for range 5 {
		place("192.0.2.1:1", "")
	}
	if got := place("192.0.2.2:1", ""); got > 1 {
		t.Errorf("%d go before the first of another address, want one at most", got)
	}
	if got := place("192.0.2.1:1", "manche_learner="+key()); got != 6 {
		t.Errorf("%d go before a made-up key, want all six", got)
	}
}

func TestBaseURLIsChecked(t *testing.T) {
	for _, base := range []string{"course.example", "https://course.example/path", "http://[", "/fr"} {
		c := config(t)
		c.BaseURL = base
		if _, err := web.New(c); err == nil {
			t.Errorf("base address %q was taken", base)
		}
	}
	if _, err := web.New(web.Config{}); err == nil {
		t.Error("a server of nothing was made")
	}
}

type preparing struct{ done, total int }

func (p preparing) Progress() (bool, int, int) { return p.done == p.total, p.done, p.total }

func TestReadiness(t *testing.T) {
	s := open(t, func(c *web.Config) { c.Ready = preparing{2, 5} })
	got := s.get(t, "/readyz")
	if got.status != http.StatusServiceUnavailable || got.body != `{"done":2,"ready":false,"total":5}` {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := s.get(t, "/healthz"); got.status != http.StatusOK {
		t.Errorf("healthz while preparing: %d", got.status)
	}
	ready := open(t, func(c *web.Config) { c.Ready = preparing{5, 5} })
	if got := ready.get(t, "/readyz"); got.status != http.StatusOK {
		t.Errorf("ready, but %d", got.status)
	}
}

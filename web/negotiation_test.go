package web_test

import (
	"html"
	"net/http"
	"testing"
)

func unescape(s string) string { return html.UnescapeString(s) }

func TestFrontDoor(t *testing.T) {
	tests := []struct{ name, accept, cookie, want string }{
		{"french of Canada", "fr-CA,fr;q=0.9", "", "/fr/"},
		{"english", "en-GB", "", "/en/"},
		{"weights", "en;q=0.2,fr-CH;q=0.9", "", "/fr/"},
		{"second choice", "de,fr;q=0.3", "", "/fr/"},
		{"neither", "ja", "", "/en/"},
		{"nothing", "", "", "/en/"},
		{"anything", "*", "", "/en/"},
		{"nonsense", ";;q=;", "", "/en/"},
		{"the cookie first", "en", "lang=fr", "/fr/"},
		{"a cookie that means nothing", "fr", "lang=xx", "/fr/"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			got := s.get(t, "/", "Accept-Language", tt.accept, "Cookie", tt.cookie)
			if got.status != http.StatusFound || got.header.Get("Location") != tt.want {
				t.Errorf("%d to %q, want 302 to %q", got.status, got.header.Get("Location"), tt.want)
			}
			if got.header.Get("Vary") != "Accept-Language, Cookie" {
				t.Errorf("Vary %q", got.header.Get("Vary"))
			}
		})
	}
}

func TestVisitIsRemembered(t *testing.T) {
	s := open(t)
	s.get(t, "/fr/lessons/leaks")
	if got := s.get(t, "/", "Accept-Language", "en").header.Get("Location"); got != "/fr/" {
		t.Errorf("led to %q, want /fr/", got)
	}
	if again := s.get(t, "/fr/").header.Get("Set-Cookie"); again != "" {
		t.Errorf("the cookie is set again: %q", again)
	}
}

func TestLanguageWithoutSlash(t *testing.T) {
	got := open(t).get(t, "/fr")
	if got.status/100 != 3 || got.header.Get("Location") != "/fr/" {
		t.Errorf("%d to %q, want a redirect to /fr/", got.status, got.header.Get("Location"))
	}
}

// A program's user is answered in the language that the request asks for; the cookie
// of a page counts where it asks for none that the course speaks.
func TestLanguageOfTheAPI(t *testing.T) {
	s := open(t)
	s.client.Jar = nil
	for _, tt := range []struct{ accept, cookie, want string }{
		{"de", "lang=fr", "fr"},
		{"en", "lang=fr", "en"},
		{"fr", "lang=en", "fr"},
		{"", "lang=fr", "fr"},
		{"de", "lang=xx", "en"},
		{"de", "", "en"},
		{"", "", "en"},
	} {
		got := s.get(t, "/api/v1/submissions/none", "Accept-Language", tt.accept, "Cookie", tt.cookie)
		if lang := got.header.Get("Content-Language"); got.status != http.StatusNotFound || lang != tt.want {
			t.Errorf("Accept-Language %q, Cookie %q: %d in %q, want a 404 in %q", tt.accept, tt.cookie, got.status, lang, tt.want)
		}
	}
}

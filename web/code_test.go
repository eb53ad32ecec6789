package web_test

import (
	"crypto/rand"
	"regexp"
	"strings"
	"testing"

	"manche/web"
)

// key returns a learner's key as the server makes them.
func key() string { return strings.ToLower(rand.Text()) }

func TestCodes(t *testing.T) {
	form := regexp.MustCompile(`^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$`)
	for range 200 {
		want := key()
		code := web.CodeOf(want)
		if !form.MatchString(code) {
			t.Fatalf("code %q", code)
		}
		typed := strings.NewReplacer("-", " ", "0", "o", "1", "l").Replace(strings.ToLower(code))
		for _, c := range []string{code, typed, strings.ReplaceAll(code, "-", ""), "  " + code + "\r\n", strings.ReplaceAll(code, "1", "I")} {
			if got, ok := web.KeyOf(c); !ok || got != want {
				t.Fatalf("%q: got %q, %t; want %q", c, got, ok, want)
			}
		}
	}
	for _, c := range []string{"", "-", "ABCD", strings.Repeat("U", 28), strings.Repeat("é", 28), strings.Repeat("0", 29)} {
		if got, ok := web.KeyOf(c); ok {
			t.Errorf("%q: got %q, want no key", c, got)
		}
	}
}

// Every single slip of the hand is noticed: one character wrong, or two that
// changed places.
func TestSlipsAreNoticed(t *testing.T) {
	const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	for range 20 {
		code := []byte(strings.ReplaceAll(web.CodeOf(key()), "-", ""))
		for i, right := range code {
			for _, wrong := range []byte(alphabet) {
				code[i] = wrong
				if _, ok := web.KeyOf(string(code)); ok != (wrong == right) {
					t.Fatalf("%s with %c for %c at %d: %t", code, wrong, right, i, ok)
				}
			}
			code[i] = right
			for j := range i {
				if j >= 26 || i >= 26 || code[j] == right {
					continue
				}
				code[i], code[j] = code[j], code[i]
				if _, ok := web.KeyOf(string(code)); ok {
					t.Fatalf("%s with %d and %d exchanged passes", code, i, j)
				}
				code[i], code[j] = code[j], code[i]
			}
		}
	}
}

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

// FuzzKeyOf reads codes as anybody may send them: what is taken for one is a key,
// and the code of that key leads to it again.
func FuzzKeyOf(f *testing.F) {
	f.Add(web.CodeOf(key()))
	f.Add("EKXG-QFVB-2GK2-B5FY-ZE01-X6PW-M03Z")
	f.Add("0000-0000-0000-0000-0000-0000-0000")
	f.Add("\u00e9 oil \u2011 -")
	form := regexp.MustCompile(`^[a-z2-7]{26}$`)
	f.Fuzz(func(t *testing.T, code string) {
		got, ok := web.KeyOf(code)
		if !ok {
			return
		}
		if again, ok := web.KeyOf(web.CodeOf(got)); !form.MatchString(got) || !ok || again != got {
			t.Errorf("%q: key %q, whose code leads to %q, %t", code, got, again, ok)
		}
	})
}

package content_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"manche/content"
)

func TestFrenchSpaces(t *testing.T) {
	// In the table ~ stands for a no-break space, _ for a narrow one.
	read := strings.NewReplacer("~", "\u00a0", "_", "\u202f").Replace
	for _, test := range []struct{ text, want string }{
		{"Vraiment ?", "Vraiment_?"},
		{"Oui ! Non ; peut-être.", "Oui_! Non_; peut-être."},
		{"Le contrat : rien.", "Le contrat~: rien."},
		{"un « channel » fermé", "un «~channel~» fermé"},
		{"deux « a » et « b » ?", "deux «~a~» et «~b~»_?"},
		{"une limite de 5 s", "une limite de 5~s"},
		{"10 ms, 3 min et 2 Mio", "10~ms, 3~min et 2~Mio"},
		{"80 % des cas", "80~% des cas"},
		{"5 secondes, 1 seconde", "5~secondes, 1~seconde"},
		{"6 mètres, 50 kilo-octets", "6~mètres, 50~kilo-octets"},
		{"5 sorties", "5 sorties"},
		{"5 sélections, 3 où", "5 sélections, 3 où"},
		{"1 s 2 s, 3 h", "1~s 2~s, 3~h"},
		{"200 000 photos, 1 234 567 lignes", "200_000 photos, 1_234_567 lignes"},
		{"10 000 octets", "10_000~octets"},
		{"en 2026 200 pages, 1 2 345678", "en 2026 200 pages, 1 2 345678"},
		{"après {seconds} secondes, {percent} %, {n} Mo", "après {seconds}~secondes, {percent}~%, {n}~Mo"},
		{"{who} s'en sert, {n} sorties", "{who} s'en sert, {n} sorties"},
		{"la ligne 3 s'exécute", "la ligne 3 s'exécute"},
		{"https://go.dev/dl/ à 10:30", "https://go.dev/dl/ à 10:30"},
		{"a:b c;d e?f!", "a:b c;d e?f!"},
		{"", ""},
		{" ?", "_?"},
	} {
		if got, want := content.FrenchSpaces(test.text), read(test.want); got != want {
			t.Errorf("FrenchSpaces(%q) = %q, want %q", test.text, got, want)
		}
	}
}

func FuzzFrenchSpaces(f *testing.F) {
	for _, seed := range []string{"Oui ! Non ?", "« a » : 5 s", "1 1 1 s s", "1 s\u00a02 s é 3 sé", "1 000 000 {n} s", "«  » ::", "\u00a0 ;\u202f !", "\xff ?"} {
		f.Add(seed)
	}
	plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace
	f.Fuzz(func(t *testing.T, text string) {
		once := content.FrenchSpaces(text)
		if twice := content.FrenchSpaces(once); twice != once {
			t.Errorf("FrenchSpaces(%q) = %q, and again %q", text, once, twice)
		}
		if plain(once) != plain(text) {
			t.Errorf("FrenchSpaces(%q) = %q: it changed more than spaces", text, once)
		}
		if utf8.RuneCountInString(once) != utf8.RuneCountInString(text) {
			t.Errorf("FrenchSpaces(%q) = %q: another number of characters", text, once)
		}
	})
}

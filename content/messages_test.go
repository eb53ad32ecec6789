package content_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"manche/content"
)

// course makes the messages of a course from files below messages/.
func course(files map[string]string) fstest.MapFS {
	fsys := make(fstest.MapFS)
	for name, text := range files {
		fsys["messages/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func load(t *testing.T, text string) *content.Messages {
	t.Helper()
	m, err := content.LoadMessages(course(map[string]string{"all.toml": text}))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestLoadMessagesRefuses(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"missing language":      {`["a.b"]` + "\nfr = \"oui\"", `"a.b": no text in "en"`},
		"blank language":        {`["a.b"]` + "\nfr = \" \"\nen = \"yes\"", `"a.b": no text in "fr"`},
		"unknown language":      {`["a.b"]` + "\nfr = \"oui\"\nen = \"yes\"\nde = \"ja\"", `"a.b": unknown language "de"`},
		"different parameters":  {`["a.b"]` + "\nfr = \"{n} fois\"\nen = \"{times} times\"", `fr [n], en [times]`},
		"parameter in one only": {`["a.b"]` + "\nfr = \"{n} fois\"\nen = \"often\"", `fr [n], en []`},
		"twice in one file":     {"[\"a.b\"]\nfr = \"oui\"\nen = \"yes\"\n[\"a.b\"]\nfr = \"non\"\nen = \"no\"", "all.toml"},
		"brace never closed":    {`["a.b"]` + "\nfr = \"{n fois\"\nen = \"{n} times\"", "stray brace"},
		"brace never opened":    {`["a.b"]` + "\nfr = \"n} fois\"\nen = \"{n} times\"", "stray brace"},
		"capital in parameter":  {`["a.b"]` + "\nfr = \"{N}\"\nen = \"{N}\"", "stray brace"},
		"one form of a plural":  {`["a.b"]` + "\nfr = \"{n|fois}\"\nen = \"{n|time|times}\"", "stray brace"},
		"bad TOML":              {`["a.b"` + "\nfr = ", "all.toml"},
		"not a table":           {`a = "oui"`, "all.toml"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := content.LoadMessages(course(map[string]string{"all.toml": test.text}))
			if err == nil {
				t.Fatal("LoadMessages = nil error, want one")
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("LoadMessages error = %q, want it to contain %q", err, test.want)
			}
		})
	}
}

func TestLoadMessagesFindsNone(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"no file": {}, "an empty file": {"all.toml": "# nothing yet"},
	} {
		if _, err := content.LoadMessages(course(files)); err == nil {
			t.Errorf("%s: LoadMessages = nil error, want one", name)
		}
	}
}

func TestLoadMessagesNamesAllDefectsAtOnce(t *testing.T) {
	_, err := content.LoadMessages(course(map[string]string{
		"a.toml": "[\"one.fr\"]\nfr = \"oui\"\n[\"one.brace\"]\nfr = \"{\"\nen = \"{\"\n[\"fine\"]\nfr = \"oui\"\nen = \"yes\"",
		"b.toml": "[\"fine\"]\nfr = \"oui\"\nen = \"yes\"\n[\"params\"]\nfr = \"{a}\"\nen = \"{b}\"",
		"c.toml": "broken",
	}))
	if err == nil {
		t.Fatal("LoadMessages = nil error, want one")
	}
	for _, want := range []string{
		`a.toml: "one.fr": no text`, `a.toml: "one.brace": stray brace`,
		`b.toml: "fine": the key stands twice`, `b.toml: "params": the languages name different parameters`,
		"c.toml: ",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("LoadMessages error lacks %q:\n%v", want, err)
		}
	}
}

func TestPlural(t *testing.T) {
	m := load(t, "[\"leaks\"]\nfr = \"{n} {n|fuite|fuites}\"\nen = \"{n} {n|leak|leaks}\"")
	for _, test := range []struct {
		n      int
		fr, en string
	}{
		{-1, "-1 fuite", "-1 leak"},
		{0, "0 fuite", "0 leaks"},
		{1, "1 fuite", "1 leak"},
		{2, "2 fuites", "2 leaks"},
		{11, "11 fuites", "11 leaks"},
		{101, "101 fuites", "101 leaks"},
	} {
		if got := m.In(content.FR).Say("leaks", "n", test.n); got != test.fr {
			t.Errorf("fr %d = %q, want %q", test.n, got, test.fr)
		}
		if got := m.In(content.EN).Say("leaks", "n", test.n); got != test.en {
			t.Errorf("en %d = %q, want %q", test.n, got, test.en)
		}
	}
}

func TestElision(t *testing.T) {
	m := load(t, "[\"a.b\"]\nfr = \"{who} écrit pendant que {other} lit\"\nen = \"{who} writes while {other} reads\"\n"+
		"[\"a.c\"]\nfr = \"{who} reçoit de {other}\"\nen = \"{who} receives from {other}\"\n"+
		"[\"a.d\"]\nfr = \"{who} demande {other}\"\nen = \"{who} asks for {other}\"")
	for _, test := range []struct{ key, other, want string }{
		{"a.b", "une autre", "elle écrit pendant qu'une autre lit"},
		{"a.b", "un autre", "elle écrit pendant qu'un autre lit"},
		{"a.b", "la seule", "elle écrit pendant que la seule lit"},
		{"a.b", "unique", "elle écrit pendant que unique lit"},
		{"a.c", "un channel", "elle reçoit d'un channel"},
		{"a.c", "une autre", "elle reçoit d'une autre"},
		{"a.c", "`in`", "elle reçoit de `in`"},
		{"a.d", "un verrou", "elle demande un verrou"},
	} {
		if got := m.In(content.FR).Say(test.key, "who", "elle", "other", test.other); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
	if got, want := m.In(content.EN).Say("a.c", "who", "it", "other", "un channel"), "it receives from un channel"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestText(t *testing.T) {
	m := load(t, "[\"say\"]\nfr = \"{who} : {who} !\"\nen = \"{who}: {who}!\"\n[\"count\"]\nfr = \"{n|un|des}\"\nen = \"{n|one|some}\"")
	got, err := m.Text(content.FR, "say", content.Params{"who": "{who} : moi", "extra": "x"})
	if want := "{who} : moi\u00a0: {who} : moi\u202f!"; got != want || err != nil {
		t.Errorf("Text = %q, %v, want %q: values go in as they are, once", got, err, want)
	}
	for name, call := range map[string]func() (string, error){
		"unknown key":      func() (string, error) { return m.Text(content.FR, "saw", nil) },
		"unknown language": func() (string, error) { return m.Text("de", "say", content.Params{"who": "x"}) },
		"no value":         func() (string, error) { return m.Text(content.EN, "say", nil) },
		"not a number":     func() (string, error) { return m.Text(content.EN, "count", content.Params{"n": "many"}) },
	} {
		if text, err := call(); err == nil || text != "" {
			t.Errorf("%s: Text = %q, %v, want an error", name, text, err)
		}
	}
}

func TestBoth(t *testing.T) {
	m := load(t, "[\"say\"]\nfr = \"oui {n}\"\nen = \"yes {n}\"")
	got, err := m.Both("say", map[string]string{"n": "3"}, nil)
	if err != nil || len(got) != len(content.Langs) || got["fr"] != "oui 3" || got["en"] != "yes 3" {
		t.Errorf("Both = %v, %v, want both languages", got, err)
	}
	if got, err := m.Both("say", nil, nil); err == nil {
		t.Errorf("Both without its parameter = %v, want an error", got)
	}
}

func TestSayPanicsOnWhatAProgramGotWrong(t *testing.T) {
	m := load(t, "[\"say\"]\nfr = \"{n}\"\nen = \"{n}\"")
	for name, say := range map[string]func(){
		"unknown key": func() { m.In(content.EN).Say("unknown") },
		"no value":    func() { m.In(content.EN).Say("say") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: Say returned, want a panic", name)
				}
			}()
			say()
		}()
	}
}

func TestKeys(t *testing.T) {
	m := load(t, "[\"b\"]\nfr = \"b\"\nen = \"b\"\n[\"a\"]\nfr = \"a\"\nen = \"a\"")
	if got, want := m.Keys(), []string{"a", "b"}; !slices.Equal(got, want) {
		t.Errorf("Keys = %v, want %v", got, want)
	}
	if !m.Has("a") || m.Has("c") {
		t.Errorf("Has(a), Has(c) = %v, %v, want true, false", m.Has("a"), m.Has("c"))
	}
}

func TestLangs(t *testing.T) {
	for _, l := range content.Langs {
		if got, ok := content.ParseLang(string(l)); got != l || !ok {
			t.Errorf("ParseLang(%q) = %q, %v", l, got, ok)
		}
		if l.Other() == l || l.Other().Other() != l {
			t.Errorf("%q.Other() = %q", l, l.Other())
		}
	}
	for _, code := range []string{"", "FR", "de", "fr-CA"} {
		if got, ok := content.ParseLang(code); got != "" || ok {
			t.Errorf("ParseLang(%q) = %q, %v, want none", code, got, ok)
		}
	}
}

package content_test

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"manche/content"
)

// sentence is one entry of messages/*.toml, as its author wrote it.
type sentence struct{ file, key, fr, en string }

// sentences reads the course's own messages, before any space is replaced.
func sentences(t *testing.T) []sentence {
	t.Helper()
	names, err := fs.Glob(content.FS, "messages/*.toml")
	if err != nil || len(names) == 0 {
		t.Fatalf("messages/*.toml: %d files, %v", len(names), err)
	}
	var all []sentence
	for _, name := range names {
		raw, err := fs.ReadFile(content.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		var tables map[string]map[string]string
		if err := toml.Unmarshal(raw, &tables); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key, texts := range tables {
			all = append(all, sentence{path.Base(name), key, texts["fr"], texts["en"]})
		}
	}
	return all
}

func TestOwnMessagesLoad(t *testing.T) {
	m, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(m.Keys()), len(sentences(t)); got != want {
		t.Errorf("%d keys loaded, %d written", got, want)
	}
}

var (
	placeholder = regexp.MustCompile(`\{[a-z_]+\}`)
	agreement   = regexp.MustCompile(`\{[a-z_]+\|([^|{}]*)\|([^|{}]*)\}`)
	// notProse is an address, a time, a marker of our Markdown.
	notProse = regexp.MustCompile(`https?://\S+|\b\d{1,2}:\d{2}\b|<!--.*?-->|\[!x\]`)
)

// code lists what sentences quote from a file that the reader writes: it keeps
// the punctuation of its own language.
var code = strings.NewReplacer(
	`kind = "repair"`, "kind", `kind = "build"`, "kind", `kind = "test"`, "kind", `kind = "hunt"`, "kind", `driver = "apart"`, "driver", // exercise.toml
	"marqueur explain:", "marqueur", "marqueur right:", "marqueur", "marqueur check:", "marqueur", // fr.md
	"French wants a space inside guillemets: write « like this »", "French wants it", "French writes « like this »", "French writes so",
)

// prose takes out of a sentence what is not prose.
func prose(text string) string {
	text = code.Replace(text)
	text = agreement.ReplaceAllString(text, "$1 $2")
	text = placeholder.ReplaceAllString(text, "x")
	return notProse.ReplaceAllString(text, "x")
}

// rules are what the typography of a language does not want.
var rules = map[content.Lang][]struct {
	name string
	bad  *regexp.Regexp
}{
	content.FR: {
		{"no space before ; : ! ? or »", regexp.MustCompile(`[^ ;:!?][;:!?»]|^[;:!?»]`)},
		{"no space after «", regexp.MustCompile(`«([^ ]|$)`)},
		{"a straight quotation mark", regexp.MustCompile(`"`)},
		{"English quotation marks", regexp.MustCompile(`[“”]`)},
		{"a space before a comma or full stop", regexp.MustCompile(` [,.]( |$)`)},
		{"a typed no-break space: LoadMessages puts it in", regexp.MustCompile(`[\x{a0}\x{202f}]`)},
	},
	content.EN: {
		{"French guillemets", regexp.MustCompile(`[«»]`)},
		{"a space before ; : ! ? , or .", regexp.MustCompile(` [;:!?,.]( |$)`)},
		{"a typed no-break space", regexp.MustCompile(`[\x{a0}\x{202f}]`)},
	},
}

// faults names the rules that a text breaks.
func faults(lang content.Lang, text string) []string {
	var names []string
	for _, rule := range rules[lang] {
		if rule.bad.MatchString(prose(text)) {
			names = append(names, rule.name)
		}
	}
	return names
}

func TestTypographyRules(t *testing.T) {
	for _, test := range []struct {
		lang content.Lang
		text string
		want int
	}{
		{content.FR, "Prêt : voyez « {name} » à 10:30 sur https://go.dev/?a=b. Oui ?!", 0},
		{content.FR, "{n|La vôtre|Les vôtres} ; {n}.", 0},
		{content.FR, "Écrivez kind = \"build\" sous le marqueur right: {name}.", 0},
		{content.FR, "Un fichier .go, ou <!-- predict: nom -->, ou [!{kind}].", 0},
		{content.FR, "Prêt: oui", 1},
		{content.FR, "{name}: oui", 1},
		{content.FR, "Vraiment?", 1},
		{content.FR, "« ici»", 1},
		{content.FR, "«ici »", 1},
		{content.FR, "le \"mot\"", 1},
		{content.FR, "le “mot”", 1},
		{content.FR, "fini .", 1},
		{content.FR, "fini\u00a0?", 2},
		{content.EN, "Ready: see \"{name}\" at 10:30. Yes?", 0},
		{content.EN, "Ready : yes", 1},
		{content.EN, "« here »", 1},
	} {
		if got := faults(test.lang, test.text); len(got) != test.want {
			t.Errorf("%s %q breaks %q, want %d rules", test.lang, test.text, got, test.want)
		}
	}
}

func TestTypographyOfOwnMessages(t *testing.T) {
	for _, s := range sentences(t) {
		for lang, text := range map[content.Lang]string{content.FR: s.fr, content.EN: s.en} {
			for _, fault := range faults(lang, text) {
				t.Errorf("%s: %s, %s: %s: %q", s.file, s.key, lang, fault, text)
			}
		}
	}
}

// alike are the sentences that both languages put in the same words.
var alike = []string{
	"web.switch.fr", "web.switch.en", // a language is called by its own name
	"web.minutes",                                          // the symbol min, of the SI
	"callout.important",                                    // the word of both languages
	"web.found.race",                                       // the glossary keeps data race in French
	"cli.doctor.counted.cgroups", "cli.fuzz.column.commit", // what Linux and git call them
}

func TestNoSentenceIsLeftUntranslated(t *testing.T) {
	var same []string
	for _, s := range sentences(t) {
		if s.fr == s.en {
			same = append(same, s.key)
		}
	}
	for _, key := range same {
		if !slices.Contains(alike, key) {
			t.Errorf("%s says the same in both languages", key)
		}
	}
	for _, key := range alike {
		if !slices.Contains(same, key) {
			t.Errorf("%s is listed as alike in both languages, and is not", key)
		}
	}
}

// glossary is glossary.toml.
type glossary struct {
	Term []struct {
		FR      string   `toml:"fr"`
		EN      string   `toml:"en"`
		NoteFR  string   `toml:"note_fr"`
		NoteEN  string   `toml:"note_en"`
		AvoidFR []string `toml:"avoid_fr"`
		AvoidEN []string `toml:"avoid_en"`
	} `toml:"term"`
}

func readGlossary(t *testing.T) glossary {
	t.Helper()
	raw, err := fs.ReadFile(content.FS, "glossary.toml")
	if err != nil {
		t.Fatal(err)
	}
	var g glossary
	if err := toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields().Decode(&g); err != nil {
		t.Fatal("glossary.toml:", err)
	}
	if len(g.Term) == 0 {
		t.Fatal("glossary.toml has no terms")
	}
	return g
}

func TestGlossary(t *testing.T) {
	seen := make(map[string]bool)
	g := readGlossary(t)
	for i, term := range g.Term {
		if term.FR == "" || term.EN == "" {
			t.Errorf("term %d: fr %q, en %q, want both", i+1, term.FR, term.EN)
		}
		if seen[term.FR] {
			t.Errorf("the term %q stands twice", term.FR)
		}
		seen[term.FR] = true
	}
	for _, term := range g.Term {
		for _, word := range term.AvoidFR {
			if seen[word] {
				t.Errorf("%q is a term of the glossary, and avoided for %q", word, term.FR)
			}
		}
	}
}

// keywords of the files that authors write, which the sentences with these
// prefixes name; the glossary has another word for them in prose.
var (
	keywords = []string{"exercise", "exercises", "hint", "lessons"}
	naming   = []string{"defect.", "cli.flag.course", "cli.no_course"}
)

func TestOwnMessagesKeepToTheGlossary(t *testing.T) {
	avoid := make(map[content.Lang][]string)
	for _, term := range readGlossary(t).Term {
		avoid[content.FR] = append(avoid[content.FR], term.AvoidFR...)
		avoid[content.EN] = append(avoid[content.EN], term.AvoidEN...)
	}
	all := sentences(t)
	for lang, words := range avoid {
		for i, word := range words {
			words[i] = regexp.QuoteMeta(word)
		}
		whole := regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}])(` + strings.Join(words, "|") + `)(?:[^\p{L}\p{N}]|$)`)
		for _, s := range all {
			text := map[content.Lang]string{content.FR: s.fr, content.EN: s.en}[lang]
			found := whole.FindStringSubmatch(prose(text))
			if found != nil && !(slices.ContainsFunc(naming, func(p string) bool { return strings.HasPrefix(s.key, p) }) && slices.Contains(keywords, found[1])) {
				t.Errorf("%s: %s, %s: the glossary avoids %q: %q", s.file, s.key, lang, found[1], text)
			}
		}
	}
}

package i18n_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"manche/content"
	"manche/lessons/i18n"
)

const french = "---\ntitle: Un\n---\n\nDébut.\n\n## L'idée\n\nTexte.\n\n```go\n## pas un titre\n```\n\n<!-- predict: one -->\n\nQue se passe-t-il ?\n\n<!-- /predict -->\n\nSuite.\n\n<!-- exercise: e -->\n\n## La suite\n\nFin.\n"
const english = "---\ntitle: One\n---\n\nOpening.\n\n## The idea\n\nText.\n\n```go\n## no heading\n```\n\n<!-- predict: one -->\n\nWhat happens?\n\n<!-- /predict -->\n\nMore.\n\n<!-- exercise: e -->\n\n## What comes next\n\nEnd.\n"

func page(fr, en string) i18n.Page {
	return i18n.Page{Name: "lessons/01-one", Blocks: map[content.Lang][]i18n.Block{
		content.FR: i18n.Blocks(fr), content.EN: i18n.Blocks(en),
	}}
}

// accepted is the record of a page that was accepted, as a file keeps it.
func accepted(t *testing.T, p i18n.Page) i18n.Record {
	t.Helper()
	r := make(i18n.Record)
	r.Accept(p)
	r, err := i18n.Parse(r.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// said lists the pairs that are not as they were accepted.
func said(pairs []i18n.Pair) []string {
	var list []string
	for _, p := range pairs {
		if p.State == i18n.Accepted {
			continue
		}
		text := string(p.State)
		for _, lang := range content.Langs {
			if b, ok := p.Blocks[lang]; ok {
				text += fmt.Sprintf(" %s:%d %s", lang, b.Line, b.Name)
			}
		}
		if len(p.Changed) > 0 {
			text += fmt.Sprint(" ", p.Changed)
		}
		list = append(list, text)
	}
	return list
}

func TestBlocks(t *testing.T) {
	var got []string
	for _, b := range i18n.Blocks(english + "\n## The idea\n") {
		got = append(got, fmt.Sprintf("%d %s", b.Line, b.Name))
	}
	want := []string{"1 front matter", "5 opening", "7 ## The idea", "15 predict: one", "25 ## What comes next", "29 ## The idea 2"}
	if !slices.Equal(got, want) {
		t.Errorf("blocks %q, want %q", got, want)
	}
}

func TestSectionsOfAnExercise(t *testing.T) {
	var got []string
	for _, b := range i18n.Blocks("---\ntitle: a\n---\n\n<!-- brief -->\n\nDo.\n\n## The contract\n\n- It holds.\n\n<!-- hint -->\n\nOne.\n\n<!-- hint -->\n\nTwo.\n\n<!-- explain: leak -->\n\nLeaks.\n") {
		got = append(got, b.Name)
	}
	want := []string{"front matter", "brief", "## The contract", "hint", "hint 2", "explain: leak"}
	if !slices.Equal(got, want) {
		t.Errorf("blocks %q, want %q", got, want)
	}
}

// What is below an activity belongs to the heading above it, and white space at
// the ends of lines and blocks to nobody.
func TestHash(t *testing.T) {
	base := i18n.Blocks(english)
	for _, test := range []struct{ old, new, block string }{
		{"More.", "Less.", "## The idea"},
		{"exercise: e", "exercise: f", "## The idea"},
		{"What happens?", "What does not?", "predict: one"},
		{"## no heading", "## another", "## The idea"},
		{"title: One", "title: Two", "front matter"},
		{"Text.\n", "Text. \r\n", ""},
		{"\n\n## What", "\n\n\n## What", ""},
	} {
		now := i18n.Blocks(strings.Replace(english, test.old, test.new, 1))
		var changed []string
		for i, b := range now {
			if b.Hash != base[i].Hash {
				changed = append(changed, b.Name)
			}
		}
		if got := strings.Join(changed, ", "); got != test.block {
			t.Errorf("%q for %q changes %q, want %q", test.new, test.old, got, test.block)
		}
	}
}

func TestCompare(t *testing.T) {
	for _, test := range []struct {
		name           string
		fr, en         []string // what to replace since it was accepted: old, new, …
		want           []string
		afterAcceptIts []string // what is left when that is accepted
	}{
		{name: "nothing has changed"},
		{"one language has changed", []string{"Texte", "Prose"}, nil, []string{"stale fr:7 ## L'idée en:7 ## The idea [fr]"}, nil},
		{"both have", []string{"Fin", "Fini"}, []string{"End", "The end"}, []string{"stale fr:25 ## La suite en:25 ## What comes next [fr en]"}, nil},
		{"a heading has another name", nil, []string{"The idea", "An idea"}, []string{"stale fr:7 ## L'idée en:7 ## An idea [en]"}, nil},
		{"a heading is new in one", []string{"## La", "## Encore\n\n## La"}, nil,
			[]string{"missing fr:25 ## Encore"}, []string{"missing fr:25 ## Encore"}},
		{"a heading is new in both", []string{"## La", "## Encore\n\n## La"}, []string{"## What", "## More\n\n## What"},
			[]string{"new fr:25 ## Encore en:25 ## More"}, nil},
		{"an activity has gone from one", []string{"<!-- predict: one -->\n\nQue se passe-t-il ?\n\n<!-- /predict -->\n", ""}, nil,
			[]string{"orphaned en:15 predict: one"}, []string{"orphaned en:15 predict: one"}},
		{"a section has gone from one", nil, []string{"\n## What comes next\n\nEnd.\n", ""},
			[]string{"orphaned fr:25 ## La suite"}, []string{"orphaned fr:25 ## La suite"}},
		{"a section has gone from both", []string{"\n## La suite\n\nFin.\n", ""}, []string{"\n## What comes next\n\nEnd.\n", ""}, nil, nil},
		{"a page has gone", []string{french, ""}, nil, []string{
			"orphaned en:1 front matter", "orphaned en:5 opening", "orphaned en:7 ## The idea", "orphaned en:15 predict: one", "orphaned en:25 ## What comes next",
		}, []string{
			"orphaned en:1 front matter", "orphaned en:5 opening", "orphaned en:7 ## The idea", "orphaned en:15 predict: one", "orphaned en:25 ## What comes next",
		}},
	} {
		r := accepted(t, page(french, english))
		now := page(strings.NewReplacer(test.fr...).Replace(french), strings.NewReplacer(test.en...).Replace(english))
		if got := said(r.Compare(now)); !slices.Equal(got, test.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", test.name, got, test.want)
		}
		r.Accept(now)
		if got := said(r.Compare(now)); !slices.Equal(got, test.afterAcceptIts) {
			t.Errorf("%s, once accepted:\ngot  %q\nwant %q", test.name, got, test.afterAcceptIts)
		}
	}
}

func TestNothingAccepted(t *testing.T) {
	var r i18n.Record
	got := said(r.Compare(page(french, strings.Replace(english, "## What comes next\n\nEnd.\n", "", 1))))
	want := []string{
		"new fr:1 front matter en:1 front matter", "new fr:5 opening en:5 opening", "new fr:7 ## L'idée en:7 ## The idea",
		"new fr:15 predict: one en:15 predict: one", "missing fr:25 ## La suite",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// The file is sorted, has a line for each pair, and reads back whatever a heading
// says.
func TestBytes(t *testing.T) {
	odd := "## \"Quotes\" \\ and\u00a0spaces\x7f\n\nText.\n"
	r := make(i18n.Record)
	r.Accept(i18n.Page{Name: "lessons/02-two", Blocks: map[content.Lang][]i18n.Block{content.FR: i18n.Blocks(odd), content.EN: i18n.Blocks(odd)}})
	r.Accept(page(french, english))
	text := string(r.Bytes())
	back, err := i18n.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if again := string(back.Bytes()); again != text {
		t.Errorf("read back:\n%s\nwant\n%s", again, text)
	}
	lines := strings.Split(text, "\n")
	first, last := slices.Index(lines, `["lessons/01-one"]`), slices.Index(lines, `["lessons/02-two"]`)
	if first < 0 || last < first || !slices.IsSorted(lines[first+1:first+6]) || !strings.HasPrefix(lines[first+1], `"## The idea" = { fr = "`) || !strings.HasSuffix(lines[first+1], `, as = "## L'idée" }`) {
		t.Errorf("the file is\n%s", text)
	}
	r.Forget([]i18n.Page{{Name: "lessons/02-two"}})
	if strings.Contains(string(r.Bytes()), "01-one") {
		t.Error("a page that is no longer there is kept")
	}
}

func TestParseTellsWhatIsWrong(t *testing.T) {
	for _, text := range []string{"[", "[\"a\"]\n\"b\" = { fr = \"1\", en = \"2\", de = \"3\" }\n", "[\"a\"]\n[\"a\"]\n"} {
		if _, err := i18n.Parse([]byte(text)); err == nil {
			t.Errorf("Parse(%q) finds nothing wrong", text)
		}
	}
}

func TestLoad(t *testing.T) {
	text := fstest.MapFS{"lessons/01-one/fr.md": {Data: []byte(french)}, "lessons/01-one/en.md": {Data: []byte(english)}, "lessons/02-two/en.md": {Data: []byte(english)}, "lessons/notes/en.md": {}}
	bundles := fstest.MapFS{"b/exercise.toml": {}, "b/fr.md": {Data: []byte("Un.\n")}, "b/en.md": {Data: []byte("One.\n")}, "other/en.md": {}}
	pages, err := i18n.Load(text, bundles)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range pages {
		got = append(got, fmt.Sprint(p.Name, " ", len(p.Blocks[content.FR]), " ", len(p.Blocks[content.EN])))
	}
	if want := []string{"lessons/01-one 5 5", "lessons/02-two 0 5", "exercises/b 1 1"}; !slices.Equal(got, want) {
		t.Errorf("pages %q, want %q", got, want)
	}
}

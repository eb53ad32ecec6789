package lessons_test

import (
	"fmt"
	"slices"
	"testing"

	"manche/exercises"
)

const glossary = "[[term]]\nfr = \"channel\"\nen = \"channel\"\navoid_fr = [\"canal\", \"fil d'exécution\"]\navoid_en = [\"pipe\"]\n"

// courseDefects are whole courses. Each file that is not named is well formed.
var courseDefects = []struct {
	name  string
	files map[string]string
	want  []string
}{
	{"folder", map[string]string{"lessons/leaks/fr.md": "", "lessons/README.md": ""},
		[]string{"lessons/README.md:0 folder", "lessons/leaks:0 folder"}},
	{"same number", map[string]string{
		"lessons/01-a/fr.md": page("a\n"), "lessons/01-a/en.md": page("a\n"),
		"lessons/01-b/fr.md": page("a\n"), "lessons/01-b/en.md": page("a\n"),
	}, []string{"lessons/01-b:0 number_taken"}},
	{"same slug", map[string]string{
		"lessons/01-a/fr.md": page("a\n"), "lessons/01-a/en.md": page("a\n"),
		"lessons/02-a/fr.md": page("a\n"), "lessons/02-a/en.md": page("a\n"),
	}, []string{"lessons/02-a:0 slug_taken"}},
	{"one language and a stray file", map[string]string{"lessons/01-a/fr.md": page("a\n"), "lessons/01-a/de.md": ""},
		[]string{"lessons/01-a/de.md:0 stray_file", "lessons/01-a/en.md:0 missing"}},
	{"front matter", map[string]string{
		"lessons/01-a/fr.md": "a\n",
		"lessons/01-a/en.md": "---\ntitle: a\n",
		"lessons/02-b/fr.md": "---\ntitle: a\ntitle: b\ndraft: yes\nwords\nminutes: long\n---\n",
		"lessons/02-b/en.md": "---\ntitle:\nsummary: b: c\nminutes: 121\n---\n",
	}, []string{
		"lessons/01-a/en.md:1 front_unclosed", "lessons/01-a/fr.md:1 front_missing",
		"lessons/02-b/en.md:2 front_absent", "lessons/02-b/en.md:4 front_minutes",
		"lessons/02-b/fr.md:1 front_absent", "lessons/02-b/fr.md:3 front_duplicate", "lessons/02-b/fr.md:4 front_unknown",
		"lessons/02-b/fr.md:5 front_line", "lessons/02-b/fr.md:6 front_minutes",
	}},
	{"words of the title", map[string]string{
		"lessons/01-a/fr.md": "---\ntitle: Un canal\nsummary: Quoi?\nminutes: 3\n---\n",
		"lessons/01-a/en.md": page(""), "glossary.toml": glossary,
	}, []string{"lessons/01-a/fr.md:2 glossary", "lessons/01-a/fr.md:3 typography_space"}},
	{"glossary", map[string]string{
		"lessons/01-a/fr.md": page("Un **Canal** canalise.\nLes fils, le `canal`, un fil\nd’exécution.\n"),
		"lessons/01-a/en.md": page("A canal, a pipeline,\na *pipe*, a pipe-line.\n"),
		"glossary.toml":      glossary,
	}, []string{
		"lessons/01-a/en.md:7 glossary", "lessons/01-a/en.md:7 glossary",
		"lessons/01-a/fr.md:6 glossary", "lessons/01-a/fr.md:7 glossary",
	}},
	{"glossary that cannot be read", map[string]string{"glossary.toml": "[[term]]\nfr = \"a\"\nen = \"b\"\navoid = []\n"},
		[]string{"glossary.toml:4 glossary_syntax"}},
	{"glossary with a key too many", map[string]string{
		"lessons/01-a/fr.md": page("a\n"), "lessons/01-a/en.md": page("A pipe.\n"),
		"glossary.toml": "[[term]]\nfr = \"a\"\nen = \"b\"\navoid = []\navoid_en = [\"pipe\"]\nwhy = \"so\"\n",
	}, []string{"glossary.toml:4 glossary_syntax", "glossary.toml:6 glossary_syntax", "lessons/01-a/en.md:6 glossary"}},
	{"glossary that is no TOML", map[string]string{"glossary.toml": "[[term]]\nfr = a\n"},
		[]string{"glossary.toml:2 glossary_syntax"}},
	{"glossary with half a term", map[string]string{"glossary.toml": "[[term]]\nfr = \"a\"\nen = \"b\"\n\n[[term]]\nfr = \"a\"\n"},
		[]string{"glossary.toml:5 glossary_term"}},
	{"glossary with half a term in a line", map[string]string{"glossary.toml": "\nterm = [{ fr = \"a\" }]\n"},
		[]string{"glossary.toml:1 glossary_term"}},
	{"glossary of broken bytes", map[string]string{"glossary.toml": "[[term]]\nfr = \"\xe9\"\nen = \"b\"\n"},
		[]string{"glossary.toml:2 glossary_syntax"}},
	{"parity of headings", both("## A\n\n### B\n", "## A\n\n## B\n"), []string{"lessons/01-one/fr.md:8 parity_differs"}},
	{"heading too many", both("## A\n", "## A\n\n## B\n"), []string{"lessons/01-one/en.md:8 parity_only"}},
	{"activity too many", both(recall("<!-- recall: a -->"), "b\n"), []string{"lessons/01-one/fr.md:6 parity_only"}},
	{"other verdict",
		both(judge("<!-- judge: a verdict=leak -->", "f()"), judge("<!-- judge: a verdict=race -->", "f()")),
		[]string{"lessons/01-one/fr.md:6 parity_differs"}},
	{"other number of choices", both(predict("- [x] a\n- [ ] b", ""), predict("- [x] a\n- [ ] b\n- [ ] c", "")),
		[]string{"lessons/01-one/fr.md:6 parity_choices"}},
	{"other right choice", both(predict("- [x] a\n- [ ] b", ""), predict("- [ ] a\n- [x] b", "")),
		[]string{"lessons/01-one/fr.md:6 parity_right"}},
	{"other code", both("a\n\n```go\nf(\"a\") // b\n```\n\n```go\ng(1)\n```\n", "```go\nf(\"c\") // d\n```\n\n```go\ng(2)\n```\n"),
		[]string{"lessons/01-one/fr.md:12 parity_source"}},
	{"other outcome", both("```go run\npackage main\n\nfunc main() {}\n```\n", "```go run expect=leak\npackage main\n\nfunc main() {}\n```\n"),
		[]string{"lessons/01-one/fr.md:6 parity_differs"}},
	{"exercise too many", both("a\n", "b\n\n<!-- exercise: fix-the-leak -->\n"), []string{"lessons/01-one/en.md:8 parity_only"}},
}

// both returns a course of one lesson with the given bodies.
func both(fr, en string) map[string]string {
	return map[string]string{"lessons/01-one/fr.md": page(fr), "lessons/01-one/en.md": page(en)}
}

func TestDefectsOfCourse(t *testing.T) {
	for _, tc := range courseDefects {
		t.Run(tc.name, func(t *testing.T) {
			_, defects := load(t, tc.files)
			if got := short(defects); !slices.Equal(got, tc.want) {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

// short prints places, with the keys below "lesson.".
func short(defects []exercises.Defect) []string {
	var got []string
	for _, d := range defects {
		got = append(got, fmt.Sprintf("%s:%d %s", d.File, d.Line, d.Key[len("lesson."):]))
	}
	return got
}

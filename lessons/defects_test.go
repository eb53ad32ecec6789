package lessons_test

import (
	"fmt"
	"slices"
	"testing"

	"manche/content"
	"manche/exercises"
)

// pageDefects are bodies, which begin at line 6, and the defects of the page:
// line and key, below "lesson.". Both languages have the same body.
var pageDefects = []struct {
	name, lang, body string
	want             []string
}{
	{"none", "fr", "## Un\n\nTexte : oui.\n", nil},
	{"level 1", "fr", "# Un\n", []string{"6 heading_level"}},
	{"level 4", "fr", "## Un\n\n### Deux\n\n#### Trois\n", []string{"10 heading_level"}},
	{"setext level 1", "fr", "texte\n\nUn\n===\n", []string{"8 heading_level"}},
	{"skipped level", "fr", "### Un\n", []string{"6 heading_skip"}},
	{"nested heading", "fr", "> ## Un\n", []string{"6 heading_nested"}},
	{"empty heading", "fr", "##\n", []string{"6 heading_empty"}},

	{"broken bytes", "fr", "a\n\xe9t\xe9\n", []string{"7 utf8"}},
	{"script", "fr", "a\n\n<script>alert(1)</script>\n", []string{"8 html"}},
	{"inline html", "fr", "a\nb <b>c</b>\n", []string{"7 html", "7 html"}},
	{"html in a list", "fr", "- a\n\n  <div>\n", []string{"8 html"}},
	{"image", "fr", "a\n\n![b](c.png)\n", []string{"8 image"}},
	{"footnote", "fr", "a [^1] b\n", []string{"6 footnote"}},

	{"indented code", "fr", "a\n\n    b\n", []string{"8 code_indented"}},
	{"unclosed code", "fr", "```text\na\n", []string{"6 code_unclosed"}},
	{"closed code in a quotation", "fr", "> ```text\n> a\n> ```\n", nil},
	{"unknown language", "fr", "```rust\na\n```\n", []string{"6 code_language"}},
	{"no language", "fr", "a\n\n```\na\n```\n", []string{"8 code_language"}},
	{"unknown word", "fr", "```go norun\nf()\n```\n", []string{"6 code_info"}},
	{"expect without run", "fr", "```go expect=leak\nf()\n```\n", []string{"6 code_info"}},
	{"run in text", "fr", "```text run\na\n```\n", []string{"6 code_info"}},
	{"unknown outcome", "fr", "```go run expect=joy\npackage main\n\nfunc main() {}\n```\n", []string{"6 code_expect"}},
	{"invalid go", "fr", "```go\nf()\ng(\n```\n", []string{"8 code_syntax"}},
	{"ellipsis", "fr", "```go\nfunc f() {\n\t...\n}\n```\n", []string{"8 code_syntax"}},
	{"unformatted", "fr", "```go\nf()\nx:=1\n```\n", []string{"8 code_format"}},
	{"declarations", "fr", "```go\nvar a int\n\nfunc f() {}\n```\n", nil},
	{"statements", "fr", "```go\nfor {\n\tf()\n}\n```\n", nil},
	{"only a comment", "fr", "```go\n// nothing\n```\n", nil},
	{"no func main", "fr", "```go run\npackage main\n\nfunc f() {}\n```\n", []string{"6 code_main"}},
	{"not package main", "fr", "```go run\npackage p\n\nfunc main() {}\n```\n", []string{"6 code_main"}},
	{"fragment to run", "fr", "```go run\nf()\n```\n", []string{"6 code_main"}},
	{"run in a call-out", "fr", "> [!TIP]\n> ```go run\n> package main\n>\n> func main() {}\n> ```\n", []string{"7 code_run_place"}},

	{"unknown call-out", "fr", "> [!PREDICT]\n> a\n", []string{"6 callout_kind"}},
	{"title on the marker's line", "fr", "> [!NOTE] a\n> b\n", []string{"6 callout_marker"}},
	{"empty call-out", "fr", "a\n\n> [!NOTE]\n", []string{"8 callout_empty"}},
	{"quotation", "fr", "> a\n", nil},
	{"call-out with paragraphs", "fr", "> [!NOTE]\n>\n> a\n>\n> b\n", nil},

	{"no blank line after summary", "fr", "<details>\n<summary>a</summary>\nb\n\n</details>\n", []string{"6 details_form", "10 marker_unopened"}},
	{"no summary", "fr", "<details>\n\nb\n\n</details>\n", []string{"6 details_form", "10 marker_unopened"}},
	{"no blank line before the end", "fr", "<details>\n<summary>a</summary>\n\nb\n\n</details>\ntext\n", []string{"6 marker_unclosed", "11 details_form"}},
	{"details", "fr", "<details>\n<summary>Voir `a` : b</summary>\n\nb\n\n</details>\n", nil},
	{"quotes in a summary on one line", "fr", "<details><summary>\"a\"</summary>\n\nb\n\n</details>\n", []string{"6 typography_quotes", "6 typography_quotes"}},
	{"quotes in a summary", "fr", "<details>\n<summary>\"a\"</summary>\n\nb\n\n</details>\n", []string{"7 typography_quotes", "7 typography_quotes"}},

	{"note of the author", "fr", "<!-- Remember the milk. -->\n", []string{"6 marker_form"}},
	{"text after a marker", "fr", "<!-- exercise: fix-the-leak --> a\n", []string{"6 marker_form"}},
	{"closing with an id", "fr", "<!-- /recall: a -->\n", []string{"6 marker_form"}},
	{"unknown marker", "fr", "a\n\n<!-- quiz: a -->\n\n<!-- /quiz -->\n", []string{"8 marker_unknown", "10 marker_unknown"}},
	{"closed exercise", "fr", "<!-- /exercise -->\n", []string{"6 marker_unknown"}},
	{"unclosed", "fr", "<!-- recall: a -->\n\nq\n\n<details>\n<summary>s</summary>\n\na\n\n</details>\n", []string{"6 marker_unclosed"}},
	{"unopened", "fr", "a\n\n<!-- /recall -->\n", []string{"8 marker_unopened"}},
	{"answer not closed", "fr", "<!-- recall: a -->\n\nq\n\n<details>\n<summary>s</summary>\n\na\n\n<!-- /recall -->\n", []string{"10 marker_unclosed"}},
	{"nested", "fr", "<!-- recall: a -->\n\nq\n\n<!-- exercise: fix-the-leak -->\n\n<details>\n<summary>s</summary>\n\na\n\n</details>\n\n<!-- /recall -->\n", []string{"10 marker_nested"}},
	{"wrong order of ends", "fr", "<!-- recall: a -->\n\nq\n\n<!-- explain: b -->\n\nq\n\n<!-- /recall -->\n", []string{"6 activity_answer", "10 marker_nested", "10 marker_unclosed"}},
	{"attribute", "fr", recall("<!-- recall: a hard=yes -->"), []string{"6 marker_attribute"}},
	{"no id", "fr", recall("<!-- recall -->"), []string{"6 marker_id"}},
	{"bad id", "fr", recall("<!-- recall: Été -->"), []string{"6 marker_id"}},
	{"same id twice", "fr", recall("<!-- recall: a -->") + "\n" + recall("<!-- recall: a -->"), []string{"19 marker_duplicate"}},
	{"unknown verdict", "fr", judge("<!-- judge: a verdict=bad -->", "package p"), []string{"6 marker_verdict"}},
	{"no verdict", "fr", judge("<!-- judge: a -->", "package p"), []string{"6 marker_verdict"}},
	{"unknown exercise", "fr", "<!-- exercise: nothing -->\n", []string{"6 marker_exercise"}},
	{"judged in an unknown exercise", "fr", judge("<!-- judge: a verdict=leak exercise=b -->", "package p"), []string{"6 marker_exercise"}},
	{"other package", "fr", judge("<!-- judge: a verdict=leak exercise=fix-the-leak -->", "package p"), []string{"10 judge_package"}},
	{"fragment for an exercise", "fr", judge("<!-- judge: a verdict=leak exercise=fix-the-leak -->", "f()"), []string{"10 judge_package"}},
	{"judged", "fr", judge("<!-- judge: a verdict=leak exercise=fix-the-leak -->", "package search"), nil},

	{"no question", "fr", "<!-- recall: a -->\n\n<details>\n<summary>s</summary>\n\na\n\n</details>\n\n<!-- /recall -->\n", []string{"6 activity_question"}},
	{"no answer", "fr", "<!-- explain: a -->\n\nq\n\n<!-- /explain -->\n", []string{"6 activity_answer"}},
	{"nothing to judge", "fr", "<!-- judge: a verdict=leak -->\n\nq\n\n<details>\n<summary>s</summary>\n\na\n\n</details>\n\n<!-- /judge -->\n", []string{"6 activity_code"}},
	{"two pieces of code", "fr", predict("- [ ] a\n- [x] b", "```go\nf()\n```\n\n```go\ng()\n```\n\n"), []string{"14 activity_extra_code"}},
	{"code in another language", "fr", predict("- [ ] a\n- [x] b", "```sh\nls\n```\n\n"), []string{"10 activity_extra_code"}},
	{"no choices", "fr", predict("a", ""), []string{"6 activity_choices"}},
	{"one choice", "fr", predict("- [x] a", ""), []string{"6 activity_choices"}},
	{"no right choice", "fr", predict("- [ ] a\n- [ ] b", ""), []string{"6 activity_right"}},
	{"two right choices", "fr", predict("- [x] a\n- [x] b", ""), []string{"6 activity_right"}},
	{"item that is no choice", "fr", predict("- [ ] a\n- [x] b\n- c", ""), []string{"12 choice_form"}},
	{"choice with paragraphs", "fr", predict("- [ ] a\n\n  b\n- [x] c\n- [ ] d", ""), []string{"10 choice_form"}},
	{"text after the choices", "fr", predict("- [ ] a\n- [x] b\n\nc", ""), []string{"13 activity_order"}},
	{"text after the answer", "fr", "<!-- recall: a -->\n\nq\n\n<details>\n<summary>s</summary>\n\na\n\n</details>\n\nb\n\n<!-- /recall -->\n", []string{"17 activity_order"}},
	{"nothing to copy", "fr", "<!-- prompt: a -->\n\nq\n\n<!-- /prompt -->\n", []string{"6 activity_prompt"}},
	{"boxes to tick elsewhere", "fr", "- a\n- [ ] b\n", []string{"7 choice_place"}},

	{"link with a script", "fr", "[a](javascript:f)\n", []string{"6 link_target"}},
	{"anchor", "fr", "## Un\n\n[a](#un) [b](#deux)\n", []string{"8 link_anchor"}},
	{"link to a lesson", "fr", "[a](../lessons/one)\n[b](../lessons/two)\n", []string{"7 link_lesson"}},
	{"link to an exercise", "fr", "[a](../exercises/fix-the-leak)\n[b](../exercises/two)\n", []string{"7 link_exercise"}},

	{"missing space", "fr", "a : b ?\nc; d! e: f\n", []string{"7 typography_space", "7 typography_space", "7 typography_space"}},
	{"missing space after markup", "fr", "`a`: **b**!\n", []string{"6 typography_space", "6 typography_space"}},
	{"missing space at the end", "fr", "a\n\n- b:\n", []string{"8 typography_space"}},
	{"what looks like punctuation", "fr", "10:30, `a;b`, https://go.dev/x?y=z&t;, &amp; « a », (?) a ?!\n", nil},
	{"space across the line", "fr", "a\n: b\n", nil},
	{"guillemets", "fr", "a «b » c « d»\n", []string{"6 typography_guillemets", "6 typography_guillemets"}},
	{"straight quotes", "fr", "a\n\"b\"\n", []string{"7 typography_quotes", "7 typography_quotes"}},
	{"French spaces in English", "en", "a : b\n", []string{"6 typography_english"}},
	{"English", "en", "a: \"b\"; it's 'c'! d?\n", nil},

	{"several in one cell", "fr", "| a | b |\n| - | - |\n| c! | d? |\n", []string{"8 typography_space", "8 typography_space"}},
}

func recall(marker string) string {
	return marker + "\n\nq\n\n<details>\n<summary>s</summary>\n\na\n\n</details>\n\n<!-- /recall -->\n"
}

func judge(marker, code string) string {
	return marker + "\n\nq\n\n```go\n" + code + "\n```\n\n<details>\n<summary>s</summary>\n\na\n\n</details>\n\n<!-- /judge -->\n"
}

func predict(choices, code string) string {
	return "<!-- predict: p -->\n\nq\n\n" + code + choices + "\n\n<details>\n<summary>s</summary>\n\na\n\n</details>\n\n<!-- /predict -->\n"
}

func TestDefectsOfPage(t *testing.T) {
	for _, tc := range pageDefects {
		t.Run(tc.name, func(t *testing.T) {
			_, defects := pair(t, page(tc.body), page(tc.body))
			var got []string
			for _, d := range defects {
				if d.File == "lessons/01-one/"+tc.lang+".md" {
					got = append(got, fmt.Sprintf("%d %s", d.Line, d.Key[len("lesson."):]))
				}
			}
			slices.Sort(got)
			want := slices.Sorted(slices.Values(tc.want))
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func TestDefectsOfSection(t *testing.T) {
	course, _ := load(t, nil)
	_, got := course.Render(content.FR, exercises.Section{
		File: "exercises/a/fr.md", Line: 10,
		Markdown: "Ici: là\n\n<!-- exercise: fix-the-leak -->\n\n```go run\npackage main\n\nfunc main() {}\n```\n\n[a](../lessons/b)\n",
	})
	want := []string{
		"exercises/a/fr.md:10 typography_space", "exercises/a/fr.md:12 marker_section",
		"exercises/a/fr.md:14 code_run_place", "exercises/a/fr.md:20 link_lesson",
	}
	if got := short(got); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

package lessons_test

import (
	"regexp"
	"strings"
	"testing"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
)

func TestTypography(t *testing.T) {
	tests := []struct {
		name string
		lang content.Lang
		in   string
		want string // with _ for a no-break space and ~ for a narrow one
	}{
		{"marks", content.FR, "a : b ; c ! d ?", "a_: b~; c~! d~?"},
		{"at the border of a node", content.FR, "danger ![a", "danger~![a"},
		{"after emphasis", content.FR, "**a** ! *b* : c", "<strong>a</strong>~! <em>b</em>_: c"},
		{"inside emphasis", content.FR, "**a !** b", "<strong>a~!</strong> b"},
		{"after code", content.FR, "`a ;` : b", "<code>a ;</code>_: b"},
		{"guillemets around emphasis", content.FR, "« *a* »", "«_<em>a</em>_»"},
		{"units", content.FR, "50 ms, 3 s", "50_ms, 3_s"},
		{"broken line", content.FR, "a\n! b «\nc", "a~! b «_c"},
		{"unbroken by the editor already", content.FR, "a\u202f! b\u00a0: c", "a~! b_: c"},
		{"time and address", content.FR, "10:30 https://a.example/?b:c", `10:30 <a href="https://a.example/?b:c" rel="noopener">https://a.example/?b:c</a>`},
		{"apostrophe", content.FR, "l'*a*, d'`b`", "l’<em>a</em>, d’<code>b</code>"},
		{"ellipsis", content.FR, "a... ?", "a…~?"},
		{"entity", content.FR, "a &amp; b", "a &amp; b"},
		{"quotes", content.EN, `"a" ('b') *"c"*`, "“a” (‘b’) <em>“c”</em>"},
		{"apostrophes", content.EN, "it's `a`'s '90s", "it’s <code>a</code>’s ’90s"},
		{"English spaces", content.EN, "a : b", "a : b"},
		{"escaped", content.EN, `\"a\'`, `&quot;a'`},
	}
	course, _ := load(t, nil)
	visible := strings.NewReplacer("\u00a0", "_", "\u202f", "~", "<p>", "", "</p>\n", "")
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			html, _ := course.Render(tc.lang, exercises.Section{Markdown: tc.in, Line: 1})
			if got := visible.Replace(html); got != tc.want {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

var (
	codeForm = regexp.MustCompile(`(?s)<(pre|code)\b.*?</(?:pre|code)>`)
	linkForm = regexp.MustCompile(`(?s)>https?://[^<]*</a>`)
	tagForm  = regexp.MustCompile(`<[^>]*>`)
)

// frenchProse lists the French texts of a page, without their code.
func frenchProse(p *lessons.Page) []string {
	texts := []string{p.Title, p.Summary}
	for _, part := range p.Body {
		texts = append(texts, part.HTML)
	}
	for _, a := range p.Activities {
		texts = append(texts, a.Question, a.After, a.Answer)
		for _, c := range a.Choices {
			texts = append(texts, c.HTML)
		}
	}
	for i, text := range texts {
		text = codeForm.ReplaceAllString(text, "\ufffc")
		text = linkForm.ReplaceAllString(text, "\ufffc")
		texts[i] = tagForm.ReplaceAllString(text, "")
	}
	return texts
}

// fixedPoint checks that French pages have no space left that may not break.
func fixedPoint(t *testing.T, p *lessons.Page) {
	t.Helper()
	for _, text := range frenchProse(p) {
		if want := content.FrenchSpaces(text); text != want {
			t.Errorf("a space may break:\n%q\nwant\n%q", text, want)
		}
	}
}

func TestFrenchSpacesAreFixed(t *testing.T) {
	for _, name := range []string{"prose", "activities"} {
		dir := "testdata/pages/" + name
		course, _ := pair(t, read(t, dir, "fr.md"), read(t, dir, "en.md"))
		lesson, _ := course.Lesson("one")
		fixedPoint(t, lesson.Pages[content.FR])
	}
}

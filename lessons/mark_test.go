package lessons_test

import (
	"fmt"
	"strings"
	"testing"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
)

const marked = `Opening.

## One

- a
- b

<!-- recall: what -->
Why?

<details>
<summary>Answer</summary>

Because.

</details>

<!-- /recall -->

| a | b |
|---|---|
| 1 | 2 |
`

// linesIn lists the places of a page's marks, and returns the page without them.
func linesIn(page string) (places []string, rest string) {
	text := lessons.ReplaceMarks([]byte(page), func(m lessons.Mark) []byte {
		at := fmt.Sprintf("%s:%d", m.File, m.Line-frontLines)
		if m.End {
			at += "."
		}
		places = append(places, at)
		return nil
	})
	return places, string(text)
}

func bodyOf(p *lessons.Page) string {
	var b strings.Builder
	for _, part := range p.Body {
		b.WriteString(part.HTML)
	}
	return b.String()
}

func TestMarksTellWhereBlocksBegin(t *testing.T) {
	texts := map[string]string{"lessons/01-a/fr.md": page(marked), "lessons/01-a/en.md": page(marked)}
	plain, _ := load(t, texts)
	course, _, err := lessons.Load(files(t, texts), known, lessons.WhileWritten)
	if err != nil {
		t.Fatal(err)
	}
	l, _ := course.Lesson("a")
	places, rest := linesIn(bodyOf(l.Pages[content.EN]))
	// The opening, the heading, the list, the activity, the table, the end.
	want := "lessons/01-a/en.md:1 lessons/01-a/en.md:3 lessons/01-a/en.md:5 lessons/01-a/en.md:8 lessons/01-a/en.md:20 lessons/01-a/en.md:23."
	if got := strings.Join(places, " "); got != want {
		t.Errorf("marks:\ngot  %s\nwant %s", got, want)
	}
	l, _ = plain.Lesson("a")
	if want := bodyOf(l.Pages[content.EN]); rest != want {
		t.Errorf("without its marks, the page is not the one for learners:\ngot  %s\nwant %s", rest, want)
	}
}

func TestMarksOfASection(t *testing.T) {
	course, _, err := lessons.Load(files(t, nil), known, lessons.WhileWritten)
	if err != nil {
		t.Fatal(err)
	}
	section := exercises.Section{Markdown: "One.\n\nTwo.\n", File: "exercises/a>b/en.md", Line: 12 + frontLines}
	text, _ := course.Render(content.EN, section)
	places, rest := linesIn(text)
	if got, want := strings.Join(places, " "), "exercises/a>b/en.md:12 exercises/a>b/en.md:14 exercises/a>b/en.md:15."; got != want {
		t.Errorf("marks are at %s, want %s", got, want)
	}
	if want := "<p>One.</p>\n<p>Two.</p>\n"; rest != want {
		t.Errorf("the section is %q, want %q", rest, want)
	}
}

func TestMissingLanguageHasAPageWhileWritten(t *testing.T) {
	texts := map[string]string{"lessons/01-a/en.md": page("Text.\n")}
	course, _, err := lessons.Load(files(t, texts), known, lessons.WhileWritten)
	if err != nil {
		t.Fatal(err)
	}
	l, ok := course.Lesson("a")
	if !ok || l.Pages[content.FR] == nil {
		t.Fatal("the lesson has no French page to be looked at")
	}
	if got := l.Pages[content.FR].Title; got != "a" {
		t.Errorf("its title is %q, want its slug", got)
	}
}

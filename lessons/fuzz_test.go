package lessons_test

import (
	"regexp"
	"strings"
	"testing"

	"manche/content"
	"manche/lessons"
)

// safeTag is what a tag of a page may look like, whatever its author wrote.
var safeTag = regexp.MustCompile(`^(?:<!-- raw HTML omitted -->|</?(?:a|aside|blockquote|br|code|del|details|div|em|h[1-6]|hr|img|input|` +
	`li|ol|p|pre|span|strong|summary|table|tbody|td|th|thead|tr|ul)(?: (?:alt|checked|class|disabled|href|id|rel|role|scope|src|start|tabindex|title|type)="[^"<>]*")*>)$`)

var unsafeURL = regexp.MustCompile(`(?i)(?:href|src)="\s*(?:javascript|vbscript|data):`)

// FuzzLoad holds that no page, however broken, stops the course from loading,
// brings in HTML of its own, or has a defect without a place and a sentence.
func FuzzLoad(f *testing.F) {
	for _, tc := range pageDefects {
		f.Add(tc.body)
	}
	for _, seed := range []string{
		"<script>alert(1)</script>", "[a](javascript:alert(1))", "<details>\n<summary><script></summary>\n\n</details>\n",
		"> [!NOTE]\n> <script>", "- [x] <script>", "| <script> |\n|:-:|\n", "<!-- predict: a -->\n<!-- /predict -->", "\x00\xff\r\n```go\r\n",
		"[a]: javascript:b\n\n[a]", "![a](data:text/html,b)", "# a <script", "<https://a.example/\"onload=b>", "***a***~~b~~\\\nc",
	} {
		f.Add(seed)
	}
	all := messages(f)
	f.Fuzz(func(t *testing.T, body string) {
		course, defects := pair(t, page(body), page(body))
		last := frontLines + strings.Count(body, "\n") + 1
		for _, d := range defects {
			if d.Line < 1 || d.Line > last {
				t.Errorf("%s is outside of the file, which has %d lines", place(d), last)
			}
			if _, err := all.Both("defect."+d.Key, d.Params, nil); err != nil {
				t.Errorf("%s: %v", place(d), err)
			}
		}
		lesson, _ := course.Lesson("one")
		for _, lang := range content.Langs {
			for _, html := range pageHTML(lesson.Pages[lang]) {
				checkSafe(t, html)
			}
		}
	})
}

func checkSafe(t *testing.T, html string) {
	t.Helper()
	tags := tagForm.FindAllString(html, -1)
	for _, tag := range tags {
		if !safeTag.MatchString(tag) || unsafeURL.MatchString(tag) {
			t.Errorf("tag %q in %q", tag, html)
		}
	}
	if strings.Count(html, "<") != len(tags) {
		t.Errorf("stray < in %q", html)
	}
}

// pageHTML lists all the HTML of a page.
func pageHTML(p *lessons.Page) []string {
	var all []string
	for _, part := range p.Body {
		all = append(all, part.HTML)
	}
	for _, r := range p.Runnables {
		all = append(all, r.HTML)
	}
	for _, a := range p.Activities {
		all = append(all, a.Question, a.CodeHTML, a.After, a.Answer)
		for _, c := range a.Choices {
			all = append(all, c.HTML)
		}
	}
	return all
}

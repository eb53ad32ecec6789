package lessons_test

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"manche/lessons"
)

func TestHighlight(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"keyword and type", "var a int", `[keyword var] [variableName a] [typeName int]`},
		{"declared type", "type T struct{}", `[keyword type] [typeName T] [keyword struct][punctuation {][punctuation }]`},
		{"field", "a.B", `[variableName a][punctuation .][propertyName B]`},
		{"constants", "nil true", `[keyword nil] [bool true]`},
		{"numbers", "1 0x1p2 'a'", `[number 1] [number 0x1p2] [string &#39;a&#39;]`},
		{"receive", "<-c", `[operator &lt;-][variableName c]`},
		{"comment", "// <b>\na", "[comment // &lt;b&gt;]\n[variableName a]"},
		{"across lines", "`a\n\nb`", "[string `a]\n\n[string b`]"},
		{"not Go", "a # <script> \"", `[variableName a] # [operator &lt;][variableName script][operator &gt;] [string &#34;]`},
		{"carriage return in a comment", "/*a\r*/b", "/*a\r*/b"},
		{"empty", "", ""},
	}
	short := strings.NewReplacer(`<span class="tok-`, "[", `">`, " ", "</span>", "]")
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if got := short.Replace(lessons.Highlight(tc.in)); got != tc.want {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

// FuzzHighlight holds that the text comes through unchanged, that nothing but
// spans is added, and that none crosses the end of a line.
func FuzzHighlight(f *testing.F) {
	for _, seed := range []string{"package a\n", "`a\nb`", "/*\r\n*/", "\x00\ufeff\"", "a\xff", "'<script>'"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		got := lessons.Highlight(src)
		if want := strings.ToValidUTF8(src, "\ufffd"); html.UnescapeString(tagForm.ReplaceAllString(got, "")) != want {
			t.Errorf("the text changed:\n%q\n%q", got, want)
		}
		for _, line := range strings.Split(got, "\n") {
			if strings.Count(line, "<span class=\"tok-") != strings.Count(line, "</span>") || strings.Count(line, "<") != 2*strings.Count(line, "</span>") {
				t.Errorf("more than whole spans in %q", line)
			}
		}
		if !utf8.ValidString(got) {
			t.Errorf("broken UTF-8: %q", got)
		}
	})
}

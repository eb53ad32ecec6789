package lessons

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"manche/content"
)

var (
	entity   = regexp.MustCompile(`&#?[0-9A-Za-z]+;`)
	footnote = regexp.MustCompile(`\[\^[^\]\s]+\]`)

	// A colon inside a word or a time, such as 10:30, takes no space; nor does
	// a mark after another one, or in brackets of its own.
	frenchSpace      = regexp.MustCompile(`[^\s\x{a0}\x{202f}(\[!?\\]([;!?]|:(?:[^\pL\pN/]|$))`)
	frenchGuillemets = regexp.MustCompile(`«[^\s\x{a0}\x{202f}]|[^\s\x{a0}\x{202f}]»`)
	straightQuotes   = regexp.MustCompile(`"`)
	englishSpace     = regexp.MustCompile(`[ \x{a0}\x{202f}]([;:!?])(?:\s|$)`)
)

// lint reports what the language's typography and the glossary do not allow.
func (d *draft) lint(p prose) {
	text := entity.ReplaceAllStringFunc(string(p.runes), func(e string) string {
		return strings.Repeat(string(object), len(e)) // entities are ASCII
	})
	check := func(re *regexp.Regexp, key, name string) {
		for _, loc := range re.FindAllStringSubmatchIndex(text, -1) {
			at, mark := loc[0], text[loc[0]:loc[1]]
			if len(loc) > 2 { // the mark begins a group
				at = loc[2]
				r, _ := utf8.DecodeRuneInString(text[at:])
				mark = string(r)
			}
			d.report(p.lineAt(utf8.RuneCountInString(text[:at])), key, name, mark)
		}
	}
	check(footnote, keyFootnote, "mark")
	if d.lang == content.FR {
		check(frenchSpace, keyTypographySpace, "mark")
		check(frenchGuillemets, keyTypographyGuillemets, "mark")
		check(straightQuotes, keyTypographyQuotes, "mark")
	} else {
		check(englishSpace, keyTypographyEnglish, "mark")
	}
	d.lintTerms(p, text)
}

// lintTerms reports terms that the glossary replaces by others.
func (d *draft) lintTerms(p prose, text string) {
	folded := fold(text)
	for _, avoid := range d.glossary[d.lang] {
		for _, at := range find(folded, avoid.word) {
			line := p.lineAt(utf8.RuneCountInString(folded[:at]))
			d.report(line, keyGlossary, "word", avoid.word, "instead", avoid.instead)
		}
	}
}

package view

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
)

var (
	apostrophe = regexp.MustCompile("(\\pL`?)'(`?\\pL)")
	numbered   = regexp.MustCompile(`\b([Ll]i(?:gne|ne)s?|goroutine) (\d)`)
	counted    = regexp.MustCompile(`([\d}]) (s|ms|min|KiB|Kio|MiB|Mio|goroutines?)\b`)
)

// typeset turns apostrophes between letters, which may be of code, into those of
// print; others may be quotes around code, and stay. No line ends between a
// number and its word or unit, in either language; a number that a script puts
// in stands in braces.
func typeset(s string) string {
	s = apostrophe.ReplaceAllString(s, "$1’$2")
	s = numbered.ReplaceAllString(s, "$1\u00a0$2")
	return counted.ReplaceAllString(s, "$1\u00a0$2")
}

var codeInText = regexp.MustCompile("`([^`]+)`")

// sentence is a sentence of a finding as HTML: what it quotes from the code is
// marked as such.
func sentence(s string) string {
	return codeInText.ReplaceAllString(templ.EscapeString(typeset(s)), "<code>$1</code>")
}

// place writes a position as Go's tools do.
func place(p Place) string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// axisNames lists axes in words, as one phrase.
func axisNames(s Shell, all []Axis) string {
	names := make([]string, len(all))
	for i, a := range all {
		names[i] = s.Say("axis." + a.Name)
		if i > 0 {
			first, size := utf8.DecodeRuneInString(names[i])
			names[i] = string(unicode.ToLower(first)) + names[i][size:]
		}
	}
	return strings.Join(names, ", ")
}

// findingIcon returns the name of the icon that goes with a finding.
func findingIcon(f Finding) string {
	if f.Warning {
		return "warning"
	}
	return "failed"
}

// rightName is what a right answer is called.
func rightName(s Shell, r RightAnswer) string {
	if r.Name == "" {
		return s.Say("web.right.reference")
	}
	return r.Name
}

// pendingAttributes tells the page's script which submission to follow.
func pendingAttributes(s Shell, p *Pending) templ.Attributes {
	if p == nil || p.Final {
		return nil
	}
	return templ.Attributes{"data-pending": s.API("submissions/" + p.ID)}
}

// quoted draws numbered lines of code; every newline counts inside <pre>, so
// this is no template.
func quoted(all []CodeLine) string {
	var b strings.Builder
	for _, l := range all {
		tag := "span"
		if l.Hit {
			tag = "mark"
		}
		fmt.Fprintf(&b, `<%s class="line"><span class="n" aria-hidden="true">%d</span>%s%s</%s>`, tag, l.Number, l.Code, "\n", tag)
	}
	return b.String()
}

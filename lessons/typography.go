package lessons

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"manche/content"
)

const (
	object  = '\ufffc' // stands for code, an address, an image: not prose
	dropped = -1       // a rune that typography takes away
)

// prose is the text of one block as a person reads it, across the borders of
// emphasis, links and code. A line feed stands where the line ends in the file.
type prose struct {
	runes []rune
	spans []span
}

// span is a stretch of prose that comes from one text node, on one line.
type span struct {
	node       *ast.Text // nil for text that is no Markdown
	start, end int       // in runes; a line feed at end is not part of it
	line       int
}

// prose lints a block's text and sets its typography.
func (d *draft) prose(block ast.Node) {
	var p prose
	d.collect(&p, block)
	d.lint(p)
	p.apply(typeset(d.lang, p.runes), d.text)
}

// plain lints a text that is no Markdown and returns it typeset.
func (d *draft) plain(line int, text string) string {
	runes := []rune(text)
	d.lint(prose{runes: runes, spans: []span{{end: len(runes), line: line}}})
	return Typeset(d.lang, text)
}

// Typeset returns a text that is no Markdown in the language's typography.
func Typeset(lang content.Lang, text string) string {
	return compact(typeset(lang, []rune(text)))
}

// collect appends the text below a node.
func (d *draft) collect(p *prose, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			start := len(p.runes)
			p.runes = append(p.runes, []rune(string(c.Segment.Value(d.text)))...)
			p.spans = append(p.spans, span{c, start, len(p.runes), d.line(c.Segment.Start)})
			if c.SoftLineBreak() || c.HardLineBreak() {
				p.runes = append(p.runes, '\n')
			}
		case *ast.CodeSpan, *ast.AutoLink, *ast.RawHTML, *ast.Image:
			p.runes = append(p.runes, object)
		case *east.TaskCheckBox:
		default:
			d.collect(p, c)
		}
	}
}

// lineAt returns the line on which a rune stands.
func (p prose) lineAt(i int) int {
	line := 0
	for _, s := range p.spans {
		if s.start > i && line > 0 {
			break
		}
		line = s.line
	}
	return line
}

// apply writes the typeset runes back into the text nodes. A space at the end
// of a line that must not break takes the place of that end.
func (p prose) apply(set []rune, source []byte) {
	for _, s := range p.spans {
		text := compact(set[s.start:s.end])
		breaks := s.end < len(p.runes) && p.runes[s.end] == '\n'
		if breaks && set[s.end] != ' ' && s.node.SoftLineBreak() {
			s.node.SetSoftLineBreak(false)
			text += string(set[s.end])
		}
		if text == string(s.node.Segment.Value(source)) {
			continue
		}
		parent := s.node.Parent()
		parent.InsertBefore(parent, s.node, ast.NewString([]byte(text)))
		s.node.Segment = s.node.Segment.WithStart(s.node.Segment.Stop)
	}
}

// compact returns runes as a string, without the dropped ones.
func compact(runes []rune) string {
	return string(slices.DeleteFunc(slices.Clone(runes), func(r rune) bool { return r == dropped }))
}

// typeset returns the runes as the language sets them, one for one: no-break
// spaces in French, curly quotes and apostrophes, and the ellipsis.
func typeset(lang content.Lang, runes []rune) []rune {
	set := []rune(strings.ReplaceAll(string(runes), "\n", " "))
	if lang == content.FR {
		set = []rune(content.FrenchSpaces(string(set)))
	}
	if len(set) != len(runes) {
		// A rune outside Unicode cannot come through a string.
		return slices.Clone(runes)
	}
	for i, r := range set {
		before := rune(' ')
		if i > 0 {
			before = set[i-1]
		}
		switch {
		case before == '\\': // the author wants this one as it is
		case r == '\'' && lang == content.EN && opens(before) && !digitAt(set, i+1):
			set[i] = '‘'
		case r == '\'':
			set[i] = '’'
		case r == '"' && lang == content.EN && opens(before):
			set[i] = '“'
		case r == '"' && lang == content.EN:
			set[i] = '”'
		case r == '.' && i+2 < len(set) && set[i+1] == '.' && set[i+2] == '.':
			set[i], set[i+1], set[i+2] = '…', dropped, dropped
		}
	}
	return set
}

// opens reports whether a quotation mark after this rune is an opening one.
func opens(before rune) bool { return strings.ContainsRune(" \u00a0\u202f([{—–“‘\"", before) }

func digitAt(runes []rune, i int) bool { return i < len(runes) && runes[i] >= '0' && runes[i] <= '9' }

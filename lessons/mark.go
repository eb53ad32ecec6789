package lessons

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strconv"

	"github.com/yuin/goldmark/ast"

	"manche/content"
)

// Option changes how a course is loaded.
type Option func(*dialect)

// WhileWritten loads a course for those who are writing it. Comments in the HTML
// tell at which line of which file what follows begins, for [ReplaceMarks]; and a
// lesson that lacks a language has an empty page of that language.
func WhileWritten(d *dialect) { d.marks = true }

// The two kinds of marks.
const (
	markBegin = "at"
	markEnd   = "end"
)

// markForm is a mark as it stands in the HTML: a comment, which changes nothing of
// how a page looks.
var markForm = regexp.MustCompile(`<!--(at|end) ([^<>]*):(\d+)-->`)

// Mark tells where a block begins in the files of the course, or where a text ends.
type Mark struct {
	File string // as in a defect
	Line int    // at which the block begins, or the first one behind the text
	End  bool
}

// ReplaceMarks replaces each mark of a page by what a function makes of it. There
// is one before each block, and one behind the text of a page or of a section.
func ReplaceMarks(page []byte, by func(Mark) []byte) []byte {
	var out bytes.Buffer
	from := 0
	for _, m := range markForm.FindAllSubmatchIndex(page, -1) {
		line, err := strconv.Atoi(string(page[m[6]:m[7]]))
		if err != nil { // more digits than a line has: none of ours
			continue
		}
		out.Write(page[from:m[0]])
		out.Write(by(Mark{
			File: html.UnescapeString(string(page[m[4]:m[5]])), Line: line, End: string(page[m[2]:m[3]]) == markEnd,
		}))
		from = m[1]
	}
	out.Write(page[from:])
	return out.Bytes()
}

// markBefore lists what goes before a block: its mark, if marks were asked for.
func (d *draft) markBefore(n ast.Node) []ast.Node {
	if !d.marks {
		return nil
	}
	return []ast.Node{d.mark(markBegin, d.lineOf(n))}
}

// markBehind lists what goes behind the text.
func (d *draft) markBehind() []ast.Node {
	if !d.marks {
		return nil
	}
	last := len(d.starts)
	if bytes.HasSuffix(d.text, []byte("\n")) {
		last-- // begins behind the text
	}
	return []ast.Node{d.mark(markEnd, d.first+last)}
}

func (d *draft) mark(kind string, line int) ast.Node {
	return &box{kind: boxPlain, line: line, open: fmt.Sprintf("<!--%s %s:%d-->", kind, html.EscapeString(d.file), line)}
}

// whole renders all that there is of the draft.
func (d *draft) whole() string {
	if !d.marks {
		return d.html(d.doc)
	}
	var list []ast.Node
	for _, n := range children(d.doc) {
		list = append(append(list, d.markBefore(n)...), n)
	}
	return d.html(append(list, d.markBehind()...)...)
}

// complete gives a lesson an empty page for each language that it lacks.
func (l *Lesson) complete() {
	for _, lang := range content.Langs {
		if l.Pages[lang] == nil {
			l.Pages[lang] = &Page{Title: l.Slug}
		}
	}
}

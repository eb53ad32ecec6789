package lessons

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// headingOrder reports headings of the wrong level or in the wrong place.
func (d *draft) headingOrder() {
	previous := 2 // the page's title is the heading of level 1
	for i, h := range d.headings {
		line := d.lineOf(h)
		switch {
		case h.Level != 2 && h.Level != 3:
			d.report(line, keyHeadingLevel, "level", strconv.Itoa(h.Level))
		case h.Parent() != d.doc:
			d.report(line, keyHeadingNested)
		case i == 0 && h.Level == 3 || h.Level > previous+1:
			d.report(line, keyHeadingSkip)
		}
		if !h.HasChildren() {
			d.report(line, keyHeadingEmpty)
		}
		previous = h.Level
	}
}

// rawBlock reports HTML that the folding left over.
func (d *draft) rawBlock(n *ast.HTMLBlock) {
	raw := d.raw(n)
	first, _, _ := strings.Cut(raw, "\n")
	key, name := keyHTML, "html"
	switch {
	case strings.HasPrefix(raw, "<!--"):
		key, name = keyMarkerForm, "marker"
	case strings.HasPrefix(raw, "<details") || strings.HasPrefix(raw, "<summary") || strings.HasPrefix(raw, "</details"):
		key, name = keyDetailsForm, "html"
	}
	d.report(d.lineOf(n), key, name, first)
}

var calloutForm = regexp.MustCompile(`^\[!([A-Za-z]+)\](.*)$`)

// callout turns a quotation that begins with a marker into a call-out with a
// visible title.
func (d *draft) callout(quote *ast.Blockquote) {
	p, ok := quote.FirstChild().(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 {
		return
	}
	first := p.Lines().At(0)
	m := calloutForm.FindStringSubmatch(strings.TrimSpace(string(first.Value(d.text))))
	if m == nil {
		return
	}
	line, kind := d.line(first.Start), strings.ToLower(m[1])
	switch {
	case !slices.Contains(calloutKinds, kind):
		d.report(line, keyCalloutKind, "kind", m[1])
		return
	case strings.TrimSpace(m[2]) != "":
		d.report(line, keyCalloutMarker, "kind", m[1])
		return
	}
	dropLine(p, first.Stop)
	if !quote.HasChildren() {
		d.report(line, keyCalloutEmpty, "kind", m[1])
	}
	d.frameCallout(quote, kind, line)
}

// dropLine removes the text that begins before an offset, and the paragraph
// itself when nothing is left of it.
func dropLine(p *ast.Paragraph, stop int) {
	for _, c := range children(p) {
		if t, ok := c.(*ast.Text); ok && t.Segment.Start < stop {
			p.RemoveChild(p, c)
		}
	}
	if !p.HasChildren() {
		p.Parent().RemoveChild(p.Parent(), p)
	}
}

// frameCallout replaces the quotation. The role keeps a page full of call-outs
// from being a page full of landmarks.
func (d *draft) frameCallout(quote *ast.Blockquote, kind string, line int) {
	b := &box{kind: boxPlain, line: line, close: "</aside>\n"}
	b.open = `<aside class="callout callout-` + kind + `" role="note">` + "\n" +
		`<p class="callout-title">` + html.EscapeString(d.titles[d.lang][kind]) + "</p>\n"
	b.replace(quote)
	b.adopt(quote)
}

// table gives a table its scrolling frame, the scope of its headers, and its
// alignment as classes: the page allows no style attributes.
func (d *draft) table(t *east.Table) {
	for _, row := range children(t) {
		_, header := row.(*east.TableHeader)
		for _, c := range children(row) {
			cell, ok := c.(*east.TableCell)
			if !ok {
				continue
			}
			if cell.Alignment != east.AlignNone {
				cell.SetAttributeString("class", []byte("align-"+cell.Alignment.String()))
				cell.Alignment = east.AlignNone
			}
			if header {
				cell.SetAttributeString("scope", []byte("col"))
			}
		}
	}
	b := &box{kind: boxPlain, line: d.lineOf(t), open: `<div class="table-scroll" tabindex="0">` + "\n", close: "</div>\n"}
	b.replace(t)
	b.AppendChild(b, t)
}

// checkBox reports a choice that stands outside a prediction.
func (d *draft) checkBox(n *east.TaskCheckBox) {
	list := n.Parent().Parent().Parent()
	if b, ok := list.Parent().(*box); !ok || b.kind != string(Predict) {
		d.report(d.lineOf(n.Parent()), keyChoicePlace)
	}
}

package lessons

import (
	"cmp"
	"slices"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"manche/exercises"
)

// draft is a text that is parsed and checked, but not yet a page.
type draft struct {
	*source
	*dialect
	meta       meta
	doc        ast.Node
	headings   []*ast.Heading
	ids        []string // of the headings
	activities []*box
	exercises  []*box
	fences     []*fence
	links      []link
}

// parse reads a text in the dialect: it folds markers, reports what the dialect
// does not have, and sets the typography.
func (dia *dialect) parse(src *source) *draft {
	d := &draft{source: src, dialect: dia}
	d.doc = dia.markdown.Parser().Parse(text.NewReader(src.text))
	d.fold()
	for _, n := range descendants(d.doc) {
		d.visit(n)
	}
	d.headingOrder()
	return d
}

// descendants lists a node and all below it in document order, so that a visit
// may change the tree.
func descendants(n ast.Node) []ast.Node {
	var list []ast.Node
	// The walker never fails, so neither does the walk.
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			list = append(list, c)
		}
		return ast.WalkContinue, nil
	})
	return list
}

// visit checks one node and gives it its final form.
func (d *draft) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		d.headings = append(d.headings, n)
		d.prose(n)
	case *ast.Paragraph, *ast.TextBlock, *east.TableCell:
		d.prose(n)
	case *ast.Blockquote:
		d.callout(n)
	case *ast.FencedCodeBlock:
		d.fence(n)
	case *ast.CodeBlock:
		d.report(d.lineOf(n), keyCodeIndented)
	case *ast.HTMLBlock:
		d.rawBlock(n)
	case *ast.RawHTML:
		d.report(d.lineOf(n), keyHTML, "html", string(n.Segments.Value(d.text)))
	case *ast.Image:
		d.report(d.lineOf(n), keyImage)
	case *ast.Link:
		d.link(n, string(n.Destination))
	case *ast.AutoLink:
		d.autoLink(n)
	case *east.Table:
		d.table(n)
	case *east.TaskCheckBox:
		d.checkBox(n)
	}
}

// lineOf returns the line at which a node begins.
func (d *draft) lineOf(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if raw, ok := n.(*ast.RawHTML); ok && raw.Segments.Len() > 0 {
			return d.line(raw.Segments.At(0).Start)
		}
		if b, ok := n.(*box); ok {
			return b.line
		}
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 && n.Kind() != ast.KindFencedCodeBlock {
			return d.line(n.Lines().At(0).Start)
		}
		if n.Pos() >= 0 {
			return d.line(n.Pos())
		}
	}
	return d.first
}

// sortDefects sorts defects by their place.
func sortDefects(list []exercises.Defect) []exercises.Defect {
	slices.SortStableFunc(list, func(a, b exercises.Defect) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Key, b.Key))
	})
	return list
}

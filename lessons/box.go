package lessons

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// Kinds of boxes beside those of the activities.
const (
	boxDetails  = "details"
	boxExercise = "exercise"
	boxCode     = "code"
	boxPlain    = "plain" // a frame around its children: a call-out, a table
)

// box is a node of the dialect: HTML around its children, and what the dialect
// knows of it.
type box struct {
	ast.BaseBlock
	kind        string
	open, close string // finished HTML
	line        int    // of the marker, or of the opening fence
	id          string // of an activity; the slug of an exercise
	verdict     string // of a judgement
	exercise    string // of a judgement
	code        *fence
}

var kindBox = ast.NewNodeKind("Box")

// Kind implements ast.Node.
func (*box) Kind() ast.NodeKind { return kindBox }

// Dump implements ast.Node.
func (b *box) Dump(source []byte, level int) {
	ast.DumpHelper(b, source, level, map[string]string{"Box": b.kind, "ID": b.id}, nil)
}

// replace puts the box in the place of a node.
func (b *box) replace(n ast.Node) { n.Parent().ReplaceChild(n.Parent(), n, b) }

// adopt moves all children of a node into the box.
func (b *box) adopt(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		b.AppendChild(b, c)
	}
}

// boxRenderer writes boxes.
type boxRenderer struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (boxRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindBox, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		text := n.(*box).close
		if entering {
			text = n.(*box).open
		}
		_, err := w.WriteString(text)
		return ast.WalkContinue, err
	})
}

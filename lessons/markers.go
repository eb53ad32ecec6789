package lessons

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
)

var (
	markerForm  = regexp.MustCompile(`^<!--\s*(/?)([a-z]+)(?:\s*:\s*(\S+))?((?:\s+[^\s=]+=\S+)*)\s*-->$`)
	detailsForm = regexp.MustCompile(`^<details>\s*<summary>\s*(\S.*?)\s*</summary>$`)
	idForm      = regexp.MustCompile(`^[a-z0-9-]+$`)
)

const detailsEnd = "</details>"

// folder folds what stands between markers at the top of a document into boxes.
type folder struct {
	*draft
	open []*box
	ids  map[string]int // id -> line of its marker
}

// fold turns the markers and <details> blocks of the document into boxes.
// What it does not know stays where it is, for the checks to report.
func (d *draft) fold() {
	f := folder{draft: d, ids: make(map[string]int)}
	for c := d.doc.FirstChild(); c != nil; {
		next := c.NextSibling()
		block, ok := c.(*ast.HTMLBlock)
		if !ok || !f.tag(block, d.raw(block)) {
			f.take(c)
		}
		c = next
	}
	f.unclosed(0)
}

// raw returns the text of an HTML block.
func (d *draft) raw(block *ast.HTMLBlock) string {
	var b strings.Builder
	for i := range block.Lines().Len() {
		line := block.Lines().At(i)
		b.Write(line.Value(d.text))
	}
	if block.HasClosure() {
		b.Write(block.ClosureLine.Value(d.text))
	}
	return strings.TrimSpace(b.String())
}

// take moves a node into the innermost open box.
func (f *folder) take(n ast.Node) {
	if len(f.open) == 0 {
		return
	}
	top := f.open[len(f.open)-1]
	top.AppendChild(top, n)
}

// tag handles a block that may be a marker, and reports whether it was one.
func (f *folder) tag(block *ast.HTMLBlock, raw string) bool {
	line := f.lineOf(block)
	if m := detailsForm.FindStringSubmatchIndex(raw); m != nil {
		text := f.summary(line+strings.Count(raw[:m[2]], "\n"), raw[m[2]:m[3]])
		f.push(block, &box{kind: boxDetails, line: line, open: "<details>\n<summary>" + text + "</summary>\n", close: "</details>\n"})
		return true
	}
	if raw == detailsEnd {
		f.pop(block, boxDetails, line)
		return true
	}
	m := markerForm.FindStringSubmatch(raw)
	if m == nil || m[1] == "/" && m[3]+m[4] != "" {
		return false
	}
	kind := m[2]
	switch {
	case !isActivity(kind) && kind != boxExercise, m[1] == "/" && kind == boxExercise:
		f.report(line, keyMarkerUnknown, "marker", m[1]+kind)
		block.Parent().RemoveChild(block.Parent(), block)
	case m[1] == "/":
		f.pop(block, kind, line)
	default:
		f.begin(block, &box{kind: kind, line: line, id: m[3]}, m[4])
	}
	return true
}

// begin opens an activity, or places an exercise.
func (f *folder) begin(block *ast.HTMLBlock, b *box, attributes string) {
	f.attributes(b, attributes)
	if b.kind == boxExercise {
		f.exercises = append(f.exercises, b)
		b.replace(block)
		f.nested(b)
		f.take(b)
		return
	}
	f.activities = append(f.activities, b)
	f.identify(b)
	f.nested(b)
	f.push(block, b)
}

// nested reports an activity or exercise that begins inside something open.
func (f *folder) nested(b *box) {
	if n := len(f.open); n > 0 {
		f.report(b.line, keyMarkerNested, "marker", b.kind, "inside", f.open[n-1].kind)
	}
}

// identify checks the id of an activity.
func (f *folder) identify(b *box) {
	if !idForm.MatchString(b.id) {
		f.report(b.line, keyMarkerID, "marker", b.kind)
		return
	}
	if first := f.ids[b.id]; first != 0 {
		f.report(b.line, keyMarkerDuplicate, "id", b.id, "line", strconv.Itoa(first))
		return
	}
	f.ids[b.id] = b.line
}

// attributes reads the name=value words of a marker.
func (f *folder) attributes(b *box, text string) {
	for _, word := range strings.Fields(text) {
		name, value, _ := strings.Cut(word, "=")
		switch {
		case b.kind == string(Judge) && name == "verdict" && b.verdict == "":
			b.verdict = value
		case b.kind == string(Judge) && name == "exercise" && b.exercise == "":
			b.exercise = value
		default:
			f.report(b.line, keyMarkerAttribute, "marker", b.kind, "attribute", word)
		}
	}
}

// push puts a box in the place of its opening marker and opens it.
func (f *folder) push(block *ast.HTMLBlock, b *box) {
	b.replace(block)
	f.take(b)
	f.open = append(f.open, b)
}

// pop closes the innermost box of a kind. Whatever is open inside it was
// forgotten.
func (f *folder) pop(block *ast.HTMLBlock, kind string, line int) {
	block.Parent().RemoveChild(block.Parent(), block)
	for i := len(f.open) - 1; i >= 0; i-- {
		if f.open[i].kind == kind {
			f.unclosed(i + 1)
			f.open = f.open[:i]
			return
		}
	}
	f.report(line, keyMarkerUnopened, "marker", kind)
}

// unclosed reports the boxes that are still open, from the given depth on.
func (f *folder) unclosed(from int) {
	for _, b := range f.open[from:] {
		f.report(b.line, keyMarkerUnclosed, "marker", b.kind)
	}
}

// summary returns the HTML of a summary, in which only code is marked up.
func (d *draft) summary(line int, text string) string {
	var b strings.Builder
	for i, piece := range strings.Split(text, "`") {
		if i%2 == 1 {
			b.WriteString("<code>" + html.EscapeString(piece) + "</code>")
			continue
		}
		b.WriteString(html.EscapeString(d.plain(line, piece)))
	}
	return b.String()
}

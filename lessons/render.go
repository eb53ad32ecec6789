package lessons

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"manche/content"
	"manche/exercises"
)

// exerciseCatalog tells which exercises there are.
type exerciseCatalog interface {
	Lookup(slug string) (*exercises.Exercise, bool)
}

// dialect is what every page is read and rendered with.
type dialect struct {
	markdown goldmark.Markdown
	titles   map[content.Lang]map[string]string // of call-outs, by their kind
	glossary glossary
	catalog  exerciseCatalog
	marks    bool    // see [WhileWritten]
	memory   *Memory // see [Recalling]; nil without one
}

// newDialect prepares the dialect. Raw HTML is never written: the checks report
// it, and the renderer leaves it out.
func newDialect(titles map[content.Lang]map[string]string, g glossary, catalog exerciseCatalog) *dialect {
	return &dialect{
		markdown: goldmark.New(
			goldmark.WithExtensions(extension.GFM),
			goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(boxRenderer{}, 100))),
		),
		titles:   titles,
		glossary: g,
		catalog:  catalog,
	}
}

// calloutKinds are the call-outs that there are. The title of each is the
// message "callout.<kind>".
var calloutKinds = []string{"note", "tip", "important", "warning", "caution"}

// calloutTitles takes the titles of the call-outs from the messages.
func calloutTitles(messages *content.Messages) (map[content.Lang]map[string]string, error) {
	titles := make(map[content.Lang]map[string]string, len(content.Langs))
	for _, lang := range content.Langs {
		titles[lang] = make(map[string]string, len(calloutKinds))
		for _, kind := range calloutKinds {
			title, err := messages.Text(lang, "callout."+kind, nil)
			if err != nil {
				return nil, fmt.Errorf("reading the titles of the call-outs: %w", err)
			}
			titles[lang][kind] = title
		}
	}
	return titles, nil
}

// html renders nodes of the draft.
func (d *draft) html(nodes ...ast.Node) string {
	var b bytes.Buffer
	for _, n := range nodes {
		// A bytes.Buffer takes everything, and so do the renderers.
		_ = d.markdown.Renderer().Render(&b, d.text, n)
	}
	return b.String()
}

// children lists the children of a node.
func children(n ast.Node) []ast.Node {
	var list []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		list = append(list, c)
	}
	return list
}

// Render renders the Markdown of an exercise in the language's typography: the
// dialect without activities, runnable code and embedded exercises. The defects
// name the section's file and its lines. It is safe for concurrent use.
func (c *Course) Render(lang content.Lang, section exercises.Section) (html string, defects []exercises.Defect) {
	key := sectionKey{section.File, section.Line, lang}
	known := c.dialect.memory.section(key, section.Markdown)
	if known == nil {
		known = c.read(lang, section)
		c.dialect.memory.keepSection(key, known)
	}
	d := known.draft.again(c.dialect)
	d.checkLinks(c)
	return known.html, sortDefects(d.defects)
}

// read makes of a section all that does not depend on the rest of the course.
func (c *Course) read(lang content.Lang, section exercises.Section) *knownText {
	d := c.dialect.parse(newSource(section.File, lang, section.Line, []byte(section.Markdown)))
	for _, b := range append(d.activities, d.exercises...) {
		d.report(b.line, keyMarkerSection, "marker", b.kind)
	}
	for _, f := range d.fences {
		if f.run {
			d.report(f.line, keyCodeRunPlace)
		}
	}
	return &knownText{markdown: section.Markdown, html: d.whole(), draft: d.stripped()}
}

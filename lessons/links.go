package lessons

import (
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// courseLink is a link within the course.
var courseLink = regexp.MustCompile(`^\.\./(lessons|exercises)/([a-z0-9-]+)$`)

// link is a link to check once the whole course is known.
type link struct {
	target string
	line   int
}

// link notes a link, and marks one that leaves the course.
func (d *draft) link(n ast.Node, target string) {
	d.links = append(d.links, link{target, d.lineOf(n)})
	if leaves(target) {
		n.SetAttributeString("rel", []byte("noopener"))
	}
}

// autoLink handles an address that stands in the text as it is.
func (d *draft) autoLink(n *ast.AutoLink) {
	if n.AutoLinkType == ast.AutoLinkURL {
		d.link(n, string(n.URL(d.text)))
	}
}

func leaves(target string) bool {
	return strings.HasPrefix(target, "https://") || strings.HasPrefix(target, "http://")
}

// checkLinks reports links that lead nowhere.
func (d *draft) checkLinks(c *Course) {
	for _, l := range d.links {
		m := courseLink.FindStringSubmatch(l.target)
		switch {
		case leaves(l.target):
		case strings.HasPrefix(l.target, "#"):
			if !slices.Contains(d.ids, l.target[1:]) {
				d.report(l.line, keyLinkAnchor, "target", l.target)
			}
		case m == nil:
			d.report(l.line, keyLinkTarget, "target", l.target)
		case m[1] == "lessons":
			if _, ok := c.Lesson(m[2]); !ok {
				d.report(l.line, keyLinkLesson, "slug", m[2])
			}
		default:
			if _, ok := d.catalog.Lookup(m[2]); !ok {
				d.report(l.line, keyLinkExercise, "slug", m[2])
			}
		}
	}
}

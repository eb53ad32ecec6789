// Package i18n tells which blocks of the two languages of a course no longer say
// the same: what has changed in one language since somebody accepted both, what is
// missing, and what is left over.
//
// A page is the pair fr.md and en.md of a lesson or of an exercise. Its blocks are
// the front matter, what stands before the first heading, each heading with the
// text below it up to the next one, and each activity or section that a marker
// opens. A block is told from others by its heading or marker in its own language,
// a second one of the same name by a number, so that blocks come and go without
// touching the rest.
//
// What was accepted is kept by the hash of its content, in i18n.toml: a table for
// each page and a line for each pair of blocks, both sorted, so that two people who
// accept different blocks rarely meet on a line. It knows nothing of commits: a
// rebase or a copy changes nothing.
package i18n

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Block is a piece of a page in one language.
type Block struct {
	Name string // its heading or marker; unique on the page
	Line int    // at which it begins
	Hash string // of its text
	kind string // what a block of another language must be to say the same
}

// Names of blocks that have neither heading nor marker.
const (
	frontName   = "front matter"
	openingName = "opening"
)

var (
	headingForm = regexp.MustCompile(`^(#{1,6}) +\S`)
	markerForm  = regexp.MustCompile(`^<!--\s*(/?)([a-z]+)(?:\s*:\s*(\S+))?.*-->\s*$`)
)

// cutter cuts a page into blocks, line by line.
type cutter struct {
	blocks []Block
	texts  []string
	taken  map[string]bool // names
	fence  string          // that is open
	at     int             // the block that lines belong to, -1 before the first
	outer  int             // the one that they belong to again after an activity
}

// Blocks cuts the text of one page in one language. Every line belongs to one
// block; text below an activity belongs to the heading above it.
func Blocks(text string) []Block {
	c := cutter{taken: make(map[string]bool), at: -1, outer: -1}
	front := false
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, " \t\r\n")
		switch {
		case n == 1 && line == "---":
			front = true
			c.open(frontName, frontName, n)
		case front:
			front = line != "---"
		default:
			c.line(line, n)
			continue
		}
		c.add(line)
		if !front {
			c.at = -1
		}
	}
	for i := range c.blocks {
		sum := sha256.Sum256([]byte(strings.Trim(c.texts[i], "\n")))
		c.blocks[i].Hash = hex.EncodeToString(sum[:])[:hashDigits]
	}
	return c.blocks
}

// hashDigits is enough to tell a change: nobody forges a paragraph.
const hashDigits = 12

// line takes a line after the front matter.
func (c *cutter) line(line string, n int) {
	if c.inFence(line) {
		c.add(line)
		return
	}
	if m := headingForm.FindStringSubmatch(line); m != nil {
		c.open(line, m[1], n)
		c.outer = c.at
	} else if m := markerForm.FindStringSubmatch(line); m != nil && m[2] != "exercise" {
		if m[1] == "/" {
			c.add(line)
			c.at = c.outer
			return
		}
		name := m[2]
		if m[3] != "" {
			name += ": " + m[3]
		}
		c.open(name, name, n)
	} else if c.at < 0 && line != "" {
		c.open(openingName, openingName, n)
		c.outer = c.at
	}
	c.add(line)
}

// inFence reports whether a line is code, or ends it.
func (c *cutter) inFence(line string) bool {
	bare := strings.TrimLeft(line, " \t>")
	was := c.fence
	switch {
	case was != "" && strings.HasPrefix(bare, was):
		c.fence = ""
	case was != "":
	case strings.HasPrefix(bare, "```"), strings.HasPrefix(bare, "~~~"):
		c.fence = bare[:3]
	}
	return was != ""
}

// open begins a block.
func (c *cutter) open(name, kind string, n int) {
	name = strings.Map(printable, strings.ToValidUTF8(name, "\ufffd"))
	first := name
	for times := 2; c.taken[name]; times++ {
		name = first + " " + strconv.Itoa(times)
	}
	c.taken[name] = true
	c.at = len(c.blocks)
	c.blocks = append(c.blocks, Block{Name: name, Line: n, kind: kind})
	c.texts = append(c.texts, "")
}

// printable keeps a name on its line.
func printable(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

// add adds a line to the block that is open.
func (c *cutter) add(line string) {
	if c.at >= 0 {
		c.texts[c.at] += line + "\n"
	}
}

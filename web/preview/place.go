package preview

import (
	"fmt"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"manche/content"
	"manche/lessons"
	"manche/web/view"
)

// pageForm is the address of a page, or of what belongs to one.
var pageForm = regexp.MustCompile(`^/(fr|en)/(lessons|exercises)/([^/]+)`)

// besidePath is where a page is shown in both languages, or "".
func besidePath(address string) string {
	m := pageForm.FindStringSubmatch(address)
	if m == nil {
		return ""
	}
	return m[2] + "/" + m[3]
}

// folderForm is the folder of a lesson or of an exercise.
var folderForm = regexp.MustCompile(`^(lessons/(?:[0-9]{2}-)?|exercises/)([^/]+)`)

// pageOf is where a file of the course is read: below a language, or "".
func pageOf(file string) string {
	m := folderForm.FindStringSubmatch(file)
	if m == nil {
		return ""
	}
	kind, _, _ := strings.Cut(m[1], "/")
	return kind + "/" + m[2]
}

// spot is a place in the files.
type spot struct {
	file string
	line int
}

// placement is the defects of one page.
type placement struct {
	here []view.PlacedDefect
	at   map[spot][]view.PlacedDefect // before the block that begins there
}

// place finds the defects of a page, and for each the block that it belongs to:
// the last one that begins before it, unless a text ends in between.
func place(defects []Defect, address string, status int, page []byte) placement {
	p := placement{at: make(map[spot][]view.PlacedDefect)}
	begins, ends := marksIn(page)
	for _, d := range defects {
		if !concerns(d, address, status, begins) {
			continue
		}
		out := view.PlacedDefect{File: d.File, Line: d.Line, Text: d.Text}
		if line := blockOf(d.Line, begins[d.File], ends[d.File]); line > 0 {
			out.ID = fmt.Sprintf("defect-%d", len(p.here)+1)
			at := spot{d.File, line}
			p.at[at] = append(p.at[at], out)
		}
		p.here = append(p.here, out)
	}
	return p
}

// write puts the defects into the page, in the place of its marks.
func (p placement) write(page []byte, draw func(view.PlacedDefect) []byte) []byte {
	return lessons.ReplaceMarks(page, func(m lessons.Mark) (notes []byte) {
		at := spot{m.File, m.Line}
		if m.End {
			return nil
		}
		for _, d := range p.at[at] {
			notes = append(notes, draw(d)...)
		}
		delete(p.at, at) // a section that the page has twice is mended once
		return notes
	})
}

// marksIn lists the lines of a page at which blocks begin and texts end, by file.
func marksIn(page []byte) (begins, ends map[string][]int) {
	begins, ends = make(map[string][]int), make(map[string][]int)
	lessons.ReplaceMarks(page, func(m lessons.Mark) []byte {
		if m.End {
			ends[m.File] = append(ends[m.File], m.Line)
		} else {
			begins[m.File] = append(begins[m.File], m.Line)
		}
		return nil
	})
	return begins, ends
}

// blockOf is the line of the block that a line belongs to, or 0.
func blockOf(line int, begins, ends []int) int {
	block := 0
	for _, begin := range begins {
		if begin <= line {
			block = max(block, begin)
		}
	}
	if slices.ContainsFunc(ends, func(end int) bool { return block < end && end <= line }) {
		return 0
	}
	return block
}

// concerns reports whether a defect is one of a page: of a file that the page is
// made of, or of the same folder. One in the other language's text is not, unless
// it is why there is no page.
func concerns(d Defect, address string, status int, begins map[string][]int) bool {
	if begins[d.File] != nil {
		return true
	}
	m := pageForm.FindStringSubmatch(address)
	if m == nil || pageOf(d.File) != m[2]+"/"+m[3] {
		return false
	}
	lang, text := content.ParseLang(strings.TrimSuffix(path.Base(d.File), ".md"))
	return !text || string(lang) == m[1] || d.Line == 0 || status == http.StatusNotFound
}

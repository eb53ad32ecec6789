package web

import (
	"strings"

	"manche/lessons"
	"manche/web/view"
)

// quoteLine is one line of a file, in colour; nil when the file does not have it.
func quoteLine(src string, line int) []view.CodeLine {
	for _, l := range quote(src, line) {
		if l.Hit {
			l.Code, l.Hit = view.HTML(strings.TrimLeft(string(l.Code), "\t ")), false
			return []view.CodeLine{l}
		}
	}
	return nil
}

// around is how many lines a quotation shows on either side of the faulty one:
// enough to find it again, few enough to read at a glance.
const around = 2

// quote cuts the lines around a place out of a file, in colour; nil when the
// file does not have that line.
func quote(src string, line int) []view.CodeLine {
	lines := strings.Split(strings.TrimRight(lessons.Highlight(src), "\n"), "\n")
	if line < 1 || line > len(lines) {
		return nil
	}
	first, last := max(1, line-around), min(len(lines), line+around)
	margin := indentation(lines[first-1 : last])
	var out []view.CodeLine
	for n := first; n <= last; n++ {
		code := strings.TrimPrefix(lines[n-1], margin)
		out = append(out, view.CodeLine{Number: n, Code: view.HTML(code), Hit: n == line})
	}
	return out
}

// indentation returns the white space that all lines begin with. Empty lines do
// not count, and markup ends it: a line that begins inside a literal is left
// whole.
func indentation(lines []string) string {
	common, found := "", false
	for _, l := range lines {
		code := strings.TrimLeft(l, " \t")
		if code == "" {
			continue
		}
		indent := l[:len(l)-len(code)]
		if !found {
			common, found = indent, true
		}
		for !strings.HasPrefix(indent, common) {
			common = common[:len(common)-1]
		}
	}
	return common
}

// noBreakIn finds the first no-break space of the files, which pasted prose
// brings along and nobody sees.
func noBreakIn(names []string, files map[string]string) *view.Place {
	for _, name := range names {
		if i := strings.IndexAny(files[name], "\u00a0\u202f"); i >= 0 {
			return &view.Place{File: name, Line: 1 + strings.Count(files[name][:i], "\n")}
		}
	}
	return nil
}

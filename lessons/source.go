package lessons

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"manche/content"
	"manche/exercises"
)

// source is Markdown in one language with its place, and what was found wrong
// with it.
type source struct {
	file    string
	lang    content.Lang
	text    []byte
	first   int   // line of the file at which text begins
	starts  []int // offset of each line of text
	defects []exercises.Defect
}

// newSource takes the text of a file from the given line on. Line ends become
// plain line feeds, and broken UTF-8, which is a defect, is replaced.
func newSource(file string, lang content.Lang, first int, raw []byte) *source {
	text := bytes.TrimPrefix(raw, []byte("\ufeff"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	s := &source{file: file, lang: lang}
	valid := bytes.ToValidUTF8(text, []byte("\ufffd"))
	s.begin(first, valid)
	if !bytes.Equal(valid, text) {
		s.report(s.line(broken(text)), keyUTF8)
	}
	return s
}

// broken is the offset of the first byte that is no UTF-8.
func broken(text []byte) int {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

// begin makes text, which stands at line first of the file, the text to parse.
func (s *source) begin(first int, text []byte) {
	s.first, s.text, s.starts = first, text, []int{0}
	for i, c := range text {
		if c == '\n' {
			s.starts = append(s.starts, i+1)
		}
	}
}

// line returns the file's line of an offset in text.
func (s *source) line(offset int) int {
	return s.first + max(sort.SearchInts(s.starts, offset+1)-1, 0)
}

// report notes a defect; pairs are names and values of its parameters.
func (s *source) report(line int, key string, pairs ...string) {
	s.defects = append(s.defects, defect(s.file, line, key, pairs...))
}

func defect(file string, line int, key string, pairs ...string) exercises.Defect {
	d := exercises.Defect{File: file, Line: line, Key: key, Params: make(map[string]string, len(pairs)/2)}
	for i := 0; i+1 < len(pairs); i += 2 {
		d.Params[pairs[i]] = pairs[i+1]
	}
	return d
}

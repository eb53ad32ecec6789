package lessons

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// MaxMinutes bounds the length of a lesson: what takes longer than two hours is
// several lessons.
const MaxMinutes = 120

const dashes = "---" // opens and closes the front matter

// frontFields are the lines that a front matter must have, and may have.
var frontFields = []string{"title", "summary", "minutes"}

// meta is what the front matter says, with the lines where it says so.
type meta struct {
	title, summary string
	minutes        int
	lines          map[string]int
}

// frontMatter reads the front matter and leaves the rest as the text to parse.
func (s *source) frontMatter() meta {
	lines := strings.Split(string(s.text), "\n")
	if strings.TrimSpace(lines[0]) != dashes {
		s.report(s.first, keyFrontMissing)
		return meta{}
	}
	end := slices.IndexFunc(lines[1:], func(l string) bool { return strings.TrimSpace(l) == dashes }) + 1
	if end == 0 {
		s.report(s.first, keyFrontUnclosed)
		return meta{}
	}
	m := s.readFields(lines[1:end])
	s.begin(s.first+end+1, bytes.Join(bytes.Split(s.text, []byte("\n"))[end+1:], []byte("\n")))
	return m
}

// readFields reads the lines between the dashes.
func (s *source) readFields(lines []string) meta {
	m := meta{lines: make(map[string]int)}
	values := make(map[string]string)
	for i, text := range lines {
		line := s.first + 1 + i
		name, value, ok := strings.Cut(text, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		switch {
		case !ok:
			s.report(line, keyFrontLine, "text", text)
		case !slices.Contains(frontFields, name):
			s.report(line, keyFrontUnknown, "name", name)
		case m.lines[name] != 0:
			s.report(line, keyFrontDuplicate, "name", name)
		default:
			m.lines[name], values[name] = line, value
		}
	}
	m.title, m.summary = values["title"], values["summary"]
	for _, name := range frontFields {
		if values[name] == "" {
			s.report(max(m.lines[name], s.first), keyFrontAbsent, "name", name)
		}
	}
	m.minutes = s.readMinutes(values["minutes"], m.lines["minutes"])
	return m
}

func (s *source) readMinutes(value string, line int) int {
	n, err := strconv.Atoi(value)
	if value != "" && (err != nil || n < 1 || n > MaxMinutes) {
		s.report(line, keyFrontMinutes, "value", value, "max", strconv.Itoa(MaxMinutes))
		return 0
	}
	return n
}

package exercises

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"manche/content"
)

// hintCount is how many hints an exercise has: each gives away more.
const hintCount = 3

// marker opens a section of fr.md or en.md and runs to the next one.
var marker = regexp.MustCompile(`^<!--\s*(brief|hint|explain|right|check)\s*(?::\s*([A-Za-z0-9_-]+)\s*)?-->\s*$`)

// rawSection is a section with the marker that opened it.
type rawSection struct {
	kind, name string
	Section
}

// prose reads both languages and holds them against the exercise and against
// each other.
func (b bundle) prose(ex *Exercise) (map[content.Lang]Prose, []Defect) {
	all := make(map[content.Lang]Prose, len(content.Langs))
	var defects []Defect
	var read [][]rawSection
	for _, lang := range content.Langs {
		file := string(lang) + ".md"
		raw, ok := b.files[file]
		if !ok {
			defects = append(defects, b.defect(file, 0, "prose.missing"))
			continue
		}
		if !utf8.Valid(raw) {
			defects = append(defects, b.defect(file, brokenLine(raw), "prose.utf8"))
			continue
		}
		sections, head, found := b.sections(file, string(raw))
		defects = append(defects, found...)
		p := proseOf(sections)
		p.Title, p.Summary = head["title"], head["summary"]
		defects = append(defects, b.checkProse(file, p, ex)...)
		read = append(read, sections)
		all[lang] = p
	}
	if len(read) == len(content.Langs) {
		defects = append(defects, b.checkOrder(read[0], read[1])...)
	}
	return all, defects
}

// checkOrder holds the sections of the two languages against each other.
func (b bundle) checkOrder(fr, en []rawSection) []Defect {
	left, right := order(fr), order(en)
	if slices.Equal(left, right) {
		return nil
	}
	i := 0
	for i < min(len(left), len(right)) && left[i] == right[i] {
		i++
	}
	line := b.end("en.md")
	if i < len(en) {
		line = en[i].Line - 1
	}
	return []Defect{b.defect("en.md", line, "prose.order", "fr", strings.Join(left, " "), "en", strings.Join(right, " "))}
}

// end is the last line of a file, where what it lacks would go.
func (b bundle) end(file string) int { return max(bytes.Count(b.files[file], []byte("\n")), 1) }

// brokenLine is the line of the first byte that is no UTF-8.
func brokenLine(text []byte) int {
	line := 1
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		text = text[size:]
	}
	return line
}

// sections cuts a file at its markers, after its front matter.
func (b bundle) sections(file, text string) ([]rawSection, map[string]string, []Defect) {
	lines := strings.Split(text, "\n")
	head, next := frontMatter(lines)
	var sections []rawSection
	var defects []Defect
	headless := head["title"] == "" || head["summary"] == ""
	if headless {
		defects = append(defects, b.defect(file, 1, "prose.front_matter"))
	}
	for i := next; i < len(lines); i++ {
		if m := marker.FindStringSubmatch(lines[i]); m != nil {
			sections = append(sections, rawSection{kind: m[1], name: m[2], Section: Section{File: "exercises/" + b.slug + "/" + file, Line: i + 2}})
			continue
		}
		if strings.HasPrefix(lines[i], "<!--") {
			defects = append(defects, b.defect(file, i+1, "prose.unknown_marker", "marker", lines[i]))
			continue
		}
		if len(sections) == 0 {
			// What stands there without a head may be a broken head.
			if strings.TrimSpace(lines[i]) != "" && !headless {
				defects = append(defects, b.defect(file, i+1, "prose.outside"))
			}
			continue
		}
		sections[len(sections)-1].Markdown += lines[i] + "\n"
	}
	return sections, head, defects
}

// frontMatter reads the "key: value" lines between two lines of three dashes,
// and returns the index of the line after them. Without a closing line there is
// none.
func frontMatter(lines []string) (map[string]string, int) {
	head := make(map[string]string)
	if len(lines) == 0 || strings.TrimSpace(lines[0]) != "---" {
		return head, 0
	}
	for i, line := range lines[1:] {
		if strings.TrimSpace(line) == "---" {
			return head, i + 2
		}
		key, value, _ := strings.Cut(line, ":")
		head[strings.TrimSpace(key)] = strings.TrimSpace(value)
	}
	return make(map[string]string), 0
}

// proseOf sorts the sections into their places.
func proseOf(sections []rawSection) Prose {
	p := Prose{Explain: make(map[string]Section), Right: make(map[string]Section), Checks: make(map[string]Section)}
	for _, s := range sections {
		switch s.kind {
		case "brief":
			p.Brief = s.Section
		case "hint":
			p.Hints = append(p.Hints, s.Section)
		case "explain":
			p.Explain[s.name] = s.Section
		case "right":
			p.Right[s.name] = s.Section
		case "check":
			p.Checks[s.name] = s.Section
		}
	}
	return p
}

// order names the sections as they come.
func order(sections []rawSection) []string {
	var names []string
	for _, s := range sections {
		names = append(names, strings.TrimSuffix(s.kind+":"+s.name, ":"))
	}
	return names
}

// checkProse reports what a learner would look for in vain, at its marker if it has
// one.
func (b bundle) checkProse(file string, p Prose, ex *Exercise) []Defect {
	var defects []Defect
	need := func(s Section, key string, params ...string) {
		line := s.Line - 1
		if s.Line == 0 {
			line = b.end(file)
		}
		if strings.TrimSpace(s.Markdown) == "" {
			defects = append(defects, b.defect(file, line, key, params...))
		}
	}
	need(p.Brief, "prose.no_brief")
	if n := len(p.Hints); n != hintCount { // at the last one, or at the first too many
		need(Section{Line: append([]Section{p.Brief}, p.Hints...)[min(n, hintCount+1)].Line}, "prose.hints")
	}
	for _, name := range explained(ex) {
		need(p.Explain[name], "prose.no_explanation", "name", name)
	}
	for _, v := range ex.Right {
		need(p.Right[v.Name], "prose.no_right", "name", v.Name)
	}
	for _, name := range ex.CheckList {
		need(p.Checks[name], "prose.no_check", "name", name)
	}
	return defects
}

// explained lists what needs an explanation, each once: every wrong answer, and
// every kind of finding that an answer is declared to produce.
func explained(ex *Exercise) []string {
	names := slices.Clone(ex.Starter.Expect)
	for _, v := range ex.Wrong {
		names = append(append(names, v.Name), v.Expect...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

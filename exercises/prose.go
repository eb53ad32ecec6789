package exercises

import (
	"regexp"
	"slices"
	"strings"

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
	var orders [][]string
	for _, lang := range content.Langs {
		file := string(lang) + ".md"
		raw, ok := b.files[file]
		if !ok {
			defects = append(defects, b.defect(file, 0, "prose.missing"))
			continue
		}
		sections, head, found := b.sections(file, string(raw))
		defects = append(defects, found...)
		p := proseOf(sections)
		p.Title, p.Summary = head["title"], head["summary"]
		defects = append(defects, b.checkProse(file, p, ex)...)
		orders = append(orders, order(sections))
		all[lang] = p
	}
	if len(orders) == len(content.Langs) && !slices.Equal(orders[0], orders[1]) {
		defects = append(defects, b.defect("en.md", 0, "prose.order",
			"fr", strings.Join(orders[0], " "), "en", strings.Join(orders[1], " ")))
	}
	return all, defects
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

// checkProse reports what a learner would look for in vain.
func (b bundle) checkProse(file string, p Prose, ex *Exercise) []Defect {
	var defects []Defect
	if strings.TrimSpace(p.Brief.Markdown) == "" {
		defects = append(defects, b.defect(file, 0, "prose.no_brief"))
	}
	if len(p.Hints) != hintCount {
		defects = append(defects, b.defect(file, 0, "prose.hints"))
	}
	for _, name := range explained(ex) {
		if blank(p.Explain, name) {
			defects = append(defects, b.defect(file, 0, "prose.no_explanation", "name", name))
		}
	}
	for _, v := range ex.Right {
		if blank(p.Right, v.Name) {
			defects = append(defects, b.defect(file, 0, "prose.no_right", "name", v.Name))
		}
	}
	for _, name := range ex.CheckList {
		if blank(p.Checks, name) {
			defects = append(defects, b.defect(file, 0, "prose.no_check", "name", name))
		}
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

// blank reports whether there is no text under the name.
func blank(sections map[string]Section, name string) bool {
	return strings.TrimSpace(sections[name].Markdown) == ""
}

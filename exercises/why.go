package exercises

import (
	"slices"
	"strconv"
	"strings"
)

// Why leads from a kind of finding to the section of the exercise's lesson that
// tells why it matters.
type Why struct {
	Finding string `toml:"finding"`
	Section string `toml:"section"` // the heading's anchor, the same in both languages
	// Declared is the line of exercise.toml at which it is declared.
	Declared int `toml:"-" json:"-"`
}

// SectionOn returns the anchor of the lesson's section on a kind of finding, or "".
func (e *Exercise) SectionOn(finding string) string {
	for _, w := range e.Why {
		if w.Finding == finding {
			return w.Section
		}
	}
	return ""
}

// reasons adds to what is declared where that is.
func (b bundle) reasons(list []Why) []Why {
	for i := range list {
		list[i].Declared = b.lines.at("why." + strconv.Itoa(i) + ".section")
	}
	return list
}

// checkWhy reports ways to a lesson that lead nowhere: of no finding, to no
// section, or from an exercise without a lesson. Whether the lesson has the section
// is for whoever knows the lessons.
func (b bundle) checkWhy(s spec) []Defect {
	var defects []Defect
	for i, w := range s.Why {
		if s.Lesson == "" || !slices.Contains(kinds, w.Finding) || strings.TrimSpace(w.Section) == "" {
			defects = append(defects, b.inSpec("why."+strconv.Itoa(i)+".finding", "spec.why", "found", w.Finding, "key", "finding"))
		}
	}
	return defects
}

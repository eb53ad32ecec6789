package exercises

import (
	"maps"
	"slices"
	"strings"
)

// gapMark stands where an author has something still to write; what it is
// follows on the line.
const gapMark = "TODO(author)"

// Gaps lists the places of a text that are marked as still to be written, one
// for each line that has the mark. File is what the defects say.
func Gaps(file string, text []byte) []Defect {
	var defects []Defect
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		_, what, ok := strings.Cut(line, gapMark)
		if !ok {
			continue
		}
		what = strings.TrimSpace(strings.TrimLeft(what, ": \u00a0\u202f"))
		defects = append(defects, Defect{File: file, Line: n, Key: "gap", Params: map[string]string{"what": what}})
	}
	return defects
}

// gaps lists what is still to be written in a bundle.
func (b bundle) gaps() []Defect {
	var defects []Defect
	for _, name := range slices.Sorted(maps.Keys(b.files)) {
		defects = append(defects, Gaps("exercises/"+b.slug+"/"+name, b.files[name])...)
	}
	return defects
}

package grader

import (
	"errors"
	"go/format"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"slices"

	"manche/grader/policy"
)

// Format lays Go files out as gofmt does. A file with syntax errors, or one too
// large to be submitted, comes back as it is; the errors are the findings, in the
// order of the files, not put into words yet. The files given are not modified.
func Format(files map[string][]byte) (map[string][]byte, []Finding) {
	out := maps.Clone(files)
	var found []Finding
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if len(files[name]) > policy.MaxFile {
			continue
		}
		list := unreadable(name, files[name])
		if found = append(found, list...); len(list) > 0 {
			continue
		}
		if text, err := format.Source(files[name]); err == nil { // it parsed, so there is none
			out[name] = text
		}
	}
	return out, found
}

// unreadable lists the syntax errors of a file.
func unreadable(name string, src []byte) []Finding {
	_, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution)
	list, _ := errors.AsType[scanner.ErrorList](err)
	var found []Finding
	for _, e := range list[:min(len(list), maxFaults)] {
		found = append(found, finding(KindBuild, "build.syntax", Place{name, e.Pos.Line, e.Pos.Column}, map[string]string{"message": e.Msg}))
	}
	return found
}

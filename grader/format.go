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

// maxNesting is how many brackets may be open at once in code that is laid out:
// four times what anybody reads. What gofmt takes grows with its third power.
const maxNesting = 48

// Format lays Go files out as gofmt does. A file with syntax errors, one too large
// to be submitted and one that is nested too deeply come back as they are; the
// errors are the findings, in the order of the files, not put into words yet. The
// files given are not modified.
func Format(files map[string][]byte) (map[string][]byte, []Finding) {
	out := maps.Clone(files)
	var found []Finding
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if len(files[name]) > policy.MaxFile || nesting(files[name]) > maxNesting {
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

// nesting is how many brackets are open at once, at most.
func nesting(src []byte) int {
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", fset.Base(), len(src)), src, nil, 0)
	open, most := 0, 0
	for {
		switch _, tok, _ := s.Scan(); tok {
		case token.LPAREN, token.LBRACE, token.LBRACK:
			open++
		case token.RPAREN, token.RBRACE, token.RBRACK:
			open--
		case token.EOF:
			return most
		}
		most = max(most, open)
	}
}

package grader

import (
	"crypto/sha256"
	"fmt"
	"go/scanner"
	"go/token"
	"maps"
	"slices"

	"manche/exercises"
)

// shape is a hash of sources that does not change with comments, layout, the
// names of things or the text of strings: the same program, written by another
// hand.
func shape(files map[string][]byte) [sha256.Size]byte {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintln(h, "file", name)
		seen := make(map[string]int)
		fset := token.NewFileSet()
		var s scanner.Scanner
		s.Init(fset.AddFile(name, -1, len(files[name])), files[name], nil, 0)
		for {
			_, tok, text := s.Scan()
			if tok == token.EOF {
				break
			}
			switch tok {
			case token.IDENT:
				if _, ok := seen[text]; !ok {
					seen[text] = len(seen)
				}
				fmt.Fprintln(h, "name", seen[text])
			case token.INT, token.FLOAT:
				fmt.Fprintln(h, "number", text)
			case token.SEMICOLON: // often there by the layout alone
			default:
				fmt.Fprintln(h, tok)
			}
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// resembling names the known wrong answer that has the submission's shape and
// fails in the same way, or "".
func resembling(ex *exercises.Exercise, files map[string][]byte, findings []Finding) string {
	if len(findings) == 0 {
		return ""
	}
	own := shape(files)
	for _, w := range ex.Wrong {
		if shape(w.Files) == own && len(w.Expect) > 0 && string(findings[0].Kind) == w.Expect[0] {
			return w.Name
		}
	}
	return ""
}

package grader_test

import (
	"go/parser"
	"go/token"
	"testing"

	"manche/grader"
	"manche/grader/internal/seeds"
)

// Whatever a file holds has a shape, which comments and blank lines do not change.
func FuzzShape(f *testing.F) {
	for _, files := range []map[string][]byte{exercise(f).Reference, exercise(f).Starter.Files} {
		for _, src := range files {
			f.Add(src)
		}
	}
	for _, src := range seeds.Programs(f, seeds.Corpus, seeds.Forgeries) {
		f.Add([]byte(src))
	}
	f.Add([]byte("\xff\x00/* \"` '"))
	f.Fuzz(func(t *testing.T, src []byte) {
		shape := grader.Shape(map[string][]byte{"a.go": src})
		if shape != grader.Shape(map[string][]byte{"a.go": src}) {
			t.Error("two shapes of one file")
		}
		if _, err := parser.ParseFile(token.NewFileSet(), "", src, 0); err != nil {
			return
		}
		if shape != grader.Shape(map[string][]byte{"a.go": append(append([]byte(nil), src...), "\n\n// the end\n"...)}) {
			t.Errorf("a comment changes the shape of %q", src)
		}
	})
}

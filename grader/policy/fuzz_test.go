package policy_test

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"

	"manche/grader/internal/seeds"
	"manche/grader/policy"
)

// anyDirective is how the tools' documentation describes comments that speak to
// them: cmd/compile ("Compiler Directives"), cmd/cgo, go/build ("Constraints").
var anyDirective = regexp.MustCompile(`(?m)^[ \t]*//(go:|line |export |[ \t]*\+build)|/\*line `)

// Whatever comes in, Check answers; and what it lets through is a file of the
// package without directives and without the packages that reach the machine.
func FuzzCheck(f *testing.F) {
	for _, src := range []string{
		"", "package search", "package search\n\nimport \"C\"\n", "//go:build race\npackage search\n",
		"package search\n\nvar x = `\n//go:norace\n`\n", "package search\n\nfunc f() { /*line x:1*/ }\n", "\xff\x00",
		"package search\n\nimport . \"io\"\n\nfunc init() { EOF = nil }\n", "package search\n\ntype error int\n",
	} {
		f.Add([]byte(src))
	}
	for _, name := range []string{"testdata/idiomatic.go", "policy.go"} {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	for _, src := range seeds.Programs(f, seeds.Corpus, seeds.Forgeries) {
		f.Add([]byte(src))
		f.Add([]byte(seeds.InPackage("search", src)))
	}
	imp := newImporter(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		result := policy.Check(map[string][]byte{"search.go": src}, rules(imp))
		for _, c := range append(result.Refusals, result.Errors...) {
			if c.Key == "" || c.Line < 0 || c.Column < 0 || c.Line > 1+bytes.Count(src, []byte("\n")) {
				t.Errorf("complaint %q at %d:%d of a file of %d lines", c.Key, c.Line, c.Column, 1+bytes.Count(src, []byte("\n")))
			}
		}
		if result.Package == nil {
			if len(result.Refusals)+len(result.Errors) == 0 {
				t.Error("no package, and nothing said against it")
			}
			return
		}
		accepted(t, src)
	})
}

// accepted holds a file that was let through against what must be true of it.
func accepted(t *testing.T, src []byte) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "search.go", src, parser.ParseComments)
	if err != nil || file.Name.Name != "search" {
		t.Fatalf("accepted a file of package %v, error %v", file, err)
	}
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if anyDirective.MatchString(comment.Text) && !strings.HasPrefix(comment.Text, "/*") || strings.HasPrefix(comment.Text, "/*line ") {
				t.Errorf("accepted the directive %q", comment.Text)
			}
		}
	}
	for _, spec := range file.Imports {
		switch spec.Path.Value {
		case `"C"`, `"os"`, `"unsafe"`, `"syscall"`, `"testing"`, `"reflect"`:
			t.Errorf("accepted the import of %s", spec.Path.Value)
		}
	}
}

package source_test

import (
	"fmt"
	"go/importer"
	"go/token"
	"slices"
	"strings"
	"sync"
	"testing"

	"manche/grader/policy"
	"manche/grader/source"
)

// imports resolves the imports of all samples, one at a time.
var (
	imports   = importer.ForCompiler(token.NewFileSet(), "source", nil)
	importing sync.Mutex
)

// load reads a package of one file, and its test if there is one.
func load(tb testing.TB, src, test string) *source.Map {
	tb.Helper()
	m := read(src, test)
	if m == nil {
		tb.Fatalf("the sample does not compile:\n%s", src)
	}
	return m
}

// read is load for a source that may not compile, and then is nil.
func read(src, test string) *source.Map {
	importing.Lock()
	defer importing.Unlock()
	result := policy.Check(map[string][]byte{"a.go": []byte(src)}, policy.Rules{Package: "a", Files: []string{"a.go"}, Importer: imports, Own: true})
	if result.Package == nil {
		return nil
	}
	tests := make(map[string][]byte)
	if test != "" {
		tests["a_test.go"] = []byte(test)
	}
	return source.New(result.Package, tests)
}

// marked lists the lines that end with a comment, counted from 1.
func marked(src, comment string) []int {
	var lines []int
	for i, line := range strings.Split(src, "\n") {
		if strings.HasSuffix(line, "// "+comment) {
			lines = append(lines, i+1)
		}
	}
	return lines
}

// mark is the one line that ends with a comment.
func mark(tb testing.TB, src, comment string) int {
	tb.Helper()
	lines := marked(src, comment)
	if len(lines) != 1 {
		tb.Fatalf("%d lines end with %q in\n%s", len(lines), comment, src)
	}
	return lines[0]
}

// linesOf are the lines of operations, each once.
func linesOf(ops []source.Operation) []int {
	var lines []int
	for _, op := range ops {
		lines = append(lines, op.Line)
	}
	return slices.Compact(lines)
}

// at is a line of the sample.
func at(line int) source.Place { return source.Place{File: "a.go", Line: line} }

// shared says a variable and its two places.
func shared(a, b source.Place, name string) string {
	return fmt.Sprintf("%s %d:%d %d:%d", name, a.Line, a.Column, b.Line, b.Column)
}

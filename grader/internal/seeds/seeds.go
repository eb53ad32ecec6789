// Package seeds reads what the fuzz targets of the grader begin from: the programs
// and the outputs that the repository keeps for its tests.
package seeds

import (
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Folder is a folder with Go files, from the root of the repository.
type Folder string

const (
	Corpus    Folder = "grader/testdata/corpus" // programs with known bugs, and their sound twins
	Forgeries Folder = "grader/attack/testdata/forgeries"
	Exercises Folder = "exercises" // references, starters and answers, right and wrong
)

// printed is where the outputs of Go's tools stand.
const printed = "grader/report/testdata"

// Programs returns the Go files below the folders that are no tests.
func Programs(tb testing.TB, folders ...Folder) []string {
	tb.Helper()
	var all []string
	for _, folder := range folders {
		all = append(all, read(tb, string(folder), func(name string) bool {
			return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")
		})...)
	}
	return all
}

// Outputs returns what Go's tools have printed of races, deadlocks, panics, and the
// like.
func Outputs(tb testing.TB) []string {
	tb.Helper()
	return read(tb, printed, func(name string) bool { return strings.HasSuffix(name, ".txt") })
}

// Import imports all that programs do. Package testing gives a fuzz target ten
// seconds for an input: on a busy machine the first one that asks for a package to be
// read from its sources would take longer, and pass for a crash.
func Import(programs []string, importer types.Importer) {
	seen := make(map[string]bool)
	for _, src := range programs {
		file, err := parser.ParseFile(token.NewFileSet(), "", src, parser.ImportsOnly)
		if err != nil {
			continue // such a seed imports nothing
		}
		for _, spec := range file.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil && !seen[path] {
				seen[path] = true
				_, _ = importer.Import(path) // one that fails, fails again
			}
		}
	}
}

// InPackage is a file with another name in its package clause, and without what
// stands before that.
func InPackage(name, src string) string {
	_, after, _ := strings.Cut("\n"+src, "\npackage ")
	_, rest, _ := strings.Cut(after, "\n")
	return "package " + name + "\n" + rest
}

// read returns the files below a folder that are wanted. That there are none is
// the mistake of who has moved them.
func read(tb testing.TB, folder string, want func(name string) bool) []string {
	tb.Helper()
	var all []string
	err := filepath.WalkDir(filepath.Join(root(tb), folder), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !want(name) {
			return err
		}
		src, err := os.ReadFile(name)
		all = append(all, string(src))
		return err
	})
	if err != nil || len(all) == 0 {
		tb.Fatalf("no seeds below %s: %v", folder, err)
	}
	return all
}

// root is the folder of go.mod, above that of the test.
func root(tb testing.TB) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			tb.Fatal("no go.mod above this folder")
		}
		dir = filepath.Dir(dir)
	}
}

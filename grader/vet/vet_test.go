package vet_test

import (
	"go/importer"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"manche/grader/policy"
	"manche/grader/vet"
)

// TestRemarks holds every analyser against a file with its mistake: a comment
// "want name" stands on each line that must be remarked on, and on no other.
func TestRemarks(t *testing.T) {
	files, err := filepath.Glob("testdata/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files to look at: %v", err)
	}
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			res := policy.Check(map[string][]byte{"main.go": src}, policy.Rules{Package: "sample", Files: []string{"main.go"}, Importer: imp, Own: true})
			if res.Package == nil {
				t.Fatalf("the sample does not compile: %+v", res.Errors)
			}
			got := make(map[int]string)
			for _, r := range vet.Remarks(res.Package) {
				got[r.Line] = strings.TrimSpace(got[r.Line] + " " + r.Name)
			}
			for i, line := range strings.Split(string(src), "\n") {
				_, want, _ := strings.Cut(line, "// want ")
				if got[i+1] != strings.TrimSpace(want) {
					t.Errorf("line %d: got %q, want %q: %s", i+1, got[i+1], want, line)
				}
			}
		})
	}
}

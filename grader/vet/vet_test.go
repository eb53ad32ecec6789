package vet_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"manche/grader/internal/seeds"
	"manche/grader/vet"
)

// TestRemarks holds every analyser against a file with its mistake: a comment
// "want name" stands on each line that must be remarked on, and on no other.
func TestRemarks(t *testing.T) {
	files, err := filepath.Glob("testdata/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files to look at: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			pkg := read(src)
			if pkg == nil {
				t.Fatal("the sample does not compile")
			}
			got := make(map[int]string)
			for _, r := range vet.Remarks(pkg) {
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

// FuzzRemarks holds that no program makes the analysers panic, which would only
// silence them, or take long: one that does stops the whole test.
func FuzzRemarks(f *testing.F) {
	files, err := filepath.Glob("testdata/*.go")
	if err != nil || len(files) == 0 {
		f.Fatalf("no files to begin with: %v", err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, function := range strings.SplitAfter(string(src), "\n}\n") {
			f.Add(function)
		}
		f.Add(string(src))
	}
	programs := seeds.Programs(f, seeds.Corpus)
	for _, src := range programs {
		f.Add(seeds.InPackage("sample", src))
	}
	seeds.Import(programs, imports())
	f.Fuzz(func(t *testing.T, src string) {
		pkg := read([]byte(complete(src)))
		if pkg == nil {
			return
		}
		remarks, broken := vet.RemarksAndBroken(pkg)
		if len(broken) > 0 {
			t.Errorf("broke down: %v", broken)
		}
		for _, r := range remarks {
			if r.Line < 1 || r.Name == "" || r.Message == "" {
				t.Errorf("an empty remark: %+v", r)
			}
		}
	})
}

// complete makes a file of a function.
func complete(src string) string {
	if strings.HasPrefix(src, "package ") {
		return src
	}
	head := "package sample\n\n"
	for _, path := range []string{"context", "errors", "sync", "sync/atomic", "time"} {
		if strings.Contains(src, filepath.Base(path)+".") {
			head += "import \"" + path + "\"\n"
		}
	}
	return head + src
}

func BenchmarkRemarks(b *testing.B) {
	src, err := os.ReadFile("../../exercises/fix-the-leak/testdata/starter/search.go")
	if err != nil {
		b.Fatal(err)
	}
	pkg := read(src)
	if pkg == nil {
		b.Fatal("does not compile")
	}
	b.ReportAllocs()
	for b.Loop() {
		if len(vet.Remarks(pkg)) != 1 {
			b.Fatal("the leak is not found")
		}
	}
}

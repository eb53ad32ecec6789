package grader_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"manche/grader"
)

var update = flag.Bool("update", false, "write what is said of the programs under testdata/findings")

// atOnce bounds how many programs are judged at a time: each of them has
// goroutines that want to run at the same time.
var atOnce = make(chan struct{}, 4)

// TestFindings judges a program for each finding that there is, and holds what is
// said of it, in both languages. The folder testdata/findings/<key> has one of
//
//   - prog.go and prog_test.go: a package with its own tests;
//   - lines_test.go: a submission to write-the-leak-test;
//   - other Go files: a submission to fix-the-leak. A file that gofmt could not
//     read ends with .txt as well;
//   - judge.txtar: a folder that is judged in its place;
//   - program.go: a program that is run as it is, under the name main.go;
//   - nothing but the golden file: the evidence stands in findingEvidence.
//
// The first error of the verdict, or the first remark where there is none, must
// be that finding. A folder may have a further name after the key.
func TestFindings(t *testing.T) {
	t.Setenv("GOPROXY", "off") // what is missing must not be waited for
	dirs, err := filepath.Glob("testdata/findings/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no findings: %v", err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			atOnce <- struct{}{}
			defer func() { <-atOnce }()
			v := judgeSample(t, dir)
			f := foremost(t, v)
			if name := filepath.Base(dir); f.Key != name && !strings.HasPrefix(name, f.Key+".") {
				t.Errorf("the first finding is %s, of %s\n%s", f.Key, describe(v), f.Evidence)
			}
			golden(t, filepath.Join(dir, "verdict.golden"), said(v, f))
		})
	}
}

// judgeSample judges what a folder of testdata/findings holds.
func judgeSample(t *testing.T, dir string) *grader.Verdict {
	files := make(map[string][]byte)
	names, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range names {
		if files[entry.Name()], err = os.ReadFile(filepath.Join(dir, entry.Name())); err != nil {
			t.Fatal(err)
		}
	}
	delete(files, "verdict.golden")
	if archive := files["judge.txtar"]; archive != nil {
		return judgePlaced(t, txtar.Parse(archive))
	}
	if test := files["prog_test.go"]; test != nil {
		delete(files, "prog_test.go")
		return judge(t, grader.Submission{Exercise: "prog", Files: files, Tests: map[string][]byte{"prog_test.go": test}})
	}
	if program := files["program.go"]; program != nil {
		ran, err := theBench(t).Run(t.Context(), grader.Program{Files: map[string][]byte{"main.go": program}, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		theBench(t).hold(t, ran.Verdict)
		return ran.Verdict
	}
	if evidence := findingEvidence[filepath.Base(dir)]; evidence != nil {
		v := evidence(t)
		theBench(t).hold(t, v)
		return v
	}
	if test := files["lines_test.go"]; test != nil {
		// Several implementations may show the same; this seed begins with the one told.
		return judge(t, grader.Submission{Exercise: testExercise(t).Slug, Files: files, Seed: 1})
	}
	submitted := make(map[string][]byte)
	for name, src := range files {
		submitted[strings.TrimSuffix(name, ".txt")] = src
	}
	return judge(t, grader.Submission{Exercise: exercise(t).Slug, Files: submitted})
}

// judgePlaced judges a folder in its place, under the time limit that its head
// may give.
func judgePlaced(t *testing.T, archive *txtar.Archive) *grader.Verdict {
	var o grader.Options
	if limit, ok := strings.CutPrefix(strings.TrimSpace(string(archive.Comment)), "timeout: "); ok {
		var err error
		if o.CheckTime, err = time.ParseDuration(limit); err != nil {
			t.Fatal(err)
		}
	}
	return judgeFolder(t, unpack(t, archive), o)
}

// foremost is the first error, or the first remark.
func foremost(t *testing.T, v *grader.Verdict) grader.Finding {
	t.Helper()
	if len(v.Findings) == 0 {
		t.Fatal("nothing was found")
	}
	i := slices.IndexFunc(v.Findings, func(f grader.Finding) bool { return f.Severity == grader.SeverityError })
	return v.Findings[max(i, 0)]
}

// said is what a golden file holds of a finding.
func said(v *grader.Verdict, f grader.Finding) string {
	var b strings.Builder
	place := "-"
	if f.File != "" {
		place = fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column)
	}
	fmt.Fprintf(&b, "outcome: %s\nkey: %s\nplace: %s\nseverity: %s\nfr: %s\nen: %s\n", v.Outcome, f.Key, place, f.Severity, f.Text["fr"], f.Text["en"])
	for _, g := range f.Goroutines {
		fmt.Fprintf(&b, "\nfr: %s\nen: %s\ncount: %d, waits for: %d\n", g.Text["fr"], g.Text["en"], g.Count, g.WaitsFor)
	}
	return b.String()
}

// golden holds got against a file, which -update writes.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// Every finding has its sample.
func TestEveryFindingHasASample(t *testing.T) {
	for _, key := range theBench(t).messages.Keys() {
		name, ok := strings.CutPrefix(key, "finding.")
		if !ok {
			continue
		}
		if _, err := os.Stat(filepath.Join("testdata/findings", name, "verdict.golden")); err != nil {
			t.Errorf("%s: no sample: %v", name, err)
		}
	}
}

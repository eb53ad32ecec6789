package grader_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"manche/grader"
	"manche/grader/harness"
)

// beside are the folders whose sources no verdict depends on.
var beside = []string{
	"attack",            // tries the sandbox
	"proof",             // asks for verdicts, and compares them
	"proof/mutation",    // makes what it asks about
	"queue",             // says when one is made
	"internal/leftover", // names temporary folders
	"internal/seeds",    // serves tests
}

// What a verdict depends on is in the revision: all of our own sources but those that
// are named, and what is compiled beside a submission.
func TestRevision(t *testing.T) {
	if got := grader.Revision(); !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(got) || got != grader.Revision() {
		t.Errorf("got revision %q", got)
	}
	hashed := filesOf(t, grader.Sources)
	if len(hashed) == 0 {
		t.Fatal("no sources are hashed")
	}
	driver, err := harness.DriverSources()
	if err != nil {
		t.Fatal(err)
	}
	want := slices.DeleteFunc(filesOf(t, os.DirFS(".")), func(name string) bool { return slices.Contains(beside, path.Dir(name)) })
	for pkg, files := range driver {
		for name := range files {
			want = append(want, strings.TrimPrefix(pkg, "manche/grader/")+"/"+name)
		}
	}
	slices.Sort(want)
	for _, name := range slices.Compact(want) {
		if !slices.Contains(hashed, name) {
			t.Errorf("%s is not in the revision", name)
		}
	}
}

// filesOf lists the Go and assembly files that are no tests, testdata left out.
func filesOf(t *testing.T, fsys fs.FS) []string {
	t.Helper()
	var list []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch ext := path.Ext(name); {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return fs.SkipDir
		case !d.IsDir() && (ext == ".go" || ext == ".s") && !strings.HasSuffix(name, "_test.go"):
			list = append(list, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

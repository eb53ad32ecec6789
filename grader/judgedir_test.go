package grader_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"manche/grader"
	"manche/grader/build"
	"manche/grader/sandbox"
)

// bare is a grader without walls, and the sandbox that is none.
var bare = sync.OnceValues(func() (*grader.Grader, error) {
	b, err := opened()
	if err != nil {
		return nil, err
	}
	config := b.config
	if config.Sandbox, err = sandbox.Open(context.Background(), sandbox.Config{Choice: sandbox.None}); err != nil {
		return nil, err
	}
	return grader.New(context.Background(), config, nil)
})

// TestJudgeDir judges the modules of testdata/judge. Each archive says what it is
// about, and then in lines that begin with "want: " the outcome and the findings
// that the verdict has, no more and no fewer but for warnings: kind, key,
// file:line, check, and what a parameter says in quotes.
func TestJudgeDir(t *testing.T) {
	t.Setenv("GOPROXY", "off") // what is missing must not be waited for
	archives, err := filepath.Glob("testdata/judge/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no modules to judge: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			judgeArchive(t, name)
		})
	}
}

func judgeArchive(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	o := grader.Options{Seed: 1}
	for line := range strings.Lines(string(archive.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "want":
			want = append(want, value)
		case "timeout":
			if o.CheckTime, err = time.ParseDuration(value); err != nil {
				t.Fatal(err)
			}
		}
	}
	v := judgeFolder(t, unpack(t, archive), o)
	got := []string{string(v.Outcome)}
	for _, f := range v.Findings {
		if f.Severity == grader.SeverityError {
			got = append(got, inWords(f))
		}
	}
	for _, w := range want {
		i := slices.IndexFunc(got, func(g string) bool { return strings.HasPrefix(g+" ", w+" ") })
		if i < 0 {
			t.Errorf("no %q", w)
			continue
		}
		got = slices.Delete(got, i, i+1)
	}
	for _, g := range got {
		t.Errorf("unexpected %q", g)
	}
	if t.Failed() {
		t.Log(describe(v))
	}
}

// inWords tells a finding as the archives do.
func inWords(f grader.Finding) string {
	at := "-"
	if f.Line > 0 {
		at = fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	words := fmt.Sprintf("%s %s %s %s", f.Kind, f.Key, at, cmp.Or(f.Check, "-"))
	if said := cmp.Or(f.Params["value"], f.Params["message"]); said != "" {
		words += fmt.Sprintf(" %q", said)
	}
	return words
}

// unpack writes the files of an archive into a folder, outside of any module.
func unpack(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range archive.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func judgeFolder(t *testing.T, dir string, o grader.Options) *grader.Verdict {
	t.Helper()
	g, err := bare()
	if err != nil {
		t.Fatalf("setting up: %v", err)
	}
	v, err := g.JudgeDir(t.Context(), dir, o)
	if err != nil {
		t.Fatalf("judging: %v", err)
	}
	theBench(t).hold(t, v)
	return v
}

// A package of many files is judged whole, under the conditions that were asked
// for, and the owner's folder is left as it was.
func TestJudgeDirManyFiles(t *testing.T) {
	const files = 200
	archive := &txtar.Archive{Files: []txtar.File{{Name: "go.mod", Data: []byte("module many\n\ngo 1.26\n")}}}
	test := "package many\n\nimport \"testing\"\n\nfunc TestAll(t *testing.T) {\n"
	for i := range files {
		src := fmt.Sprintf("package many\n\nfunc f%[1]d() int {\n\tc := make(chan int, 1)\n\tgo func() { c <- %[1]d }()\n\treturn <-c\n}\n", i)
		archive.Files = append(archive.Files, txtar.File{Name: fmt.Sprintf("f%d.go", i), Data: []byte(src)})
		test += fmt.Sprintf("\tif f%[1]d() != %[1]d {\n\t\tt.Error(%[1]d)\n\t}\n", i)
	}
	archive.Files = append(archive.Files, txtar.File{Name: "many_test.go", Data: []byte(test + "}\n")})
	dir := unpack(t, archive)
	v := judgeFolder(t, dir, grader.Options{Seed: 77})
	if v.Outcome != grader.Passed || v.Exercise != "many" || v.Runs.Seed != 77 || v.Runs.Count < 2 {
		t.Errorf("got %s: %+v\n%s", v.Exercise, v.Runs, describe(v))
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != len(archive.Files) {
		t.Errorf("%d files in the folder, want %d (%v)", len(left), len(archive.Files), err)
	}
	for _, f := range archive.Files {
		if got, err := os.ReadFile(filepath.Join(dir, f.Name)); err != nil || !bytes.Equal(got, f.Data) {
			t.Errorf("%s holds %q (%v), want %q", f.Name, got, err, f.Data)
		}
	}
}

// A folder is never judged behind walls, from where its tests could not see it.
func TestJudgeDirNeedsNoWalls(t *testing.T) {
	b := theBench(t)
	if b.sandbox.Tier() == sandbox.TierNone {
		t.Fatal("this machine has no walls to judge behind")
	}
	if _, err := b.JudgeDir(t.Context(), t.TempDir(), grader.Options{}); !errors.Is(err, grader.ErrWalls) {
		t.Errorf("got %v, want ErrWalls", err)
	}
}

// What is not there is no verdict.
func TestJudgeDirNotThere(t *testing.T) {
	g, err := bare()
	if err != nil {
		t.Fatal(err)
	}
	v, err := g.JudgeDir(t.Context(), filepath.Join(t.TempDir(), "nowhere"), grader.Options{})
	if !errors.Is(err, os.ErrNotExist) || errors.Is(err, build.ErrNoModule) {
		t.Errorf("got %v, %v, want an error", v, err)
	}
}

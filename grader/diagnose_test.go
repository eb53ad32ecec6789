package grader_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"syscall"
	"testing"

	"manche/exercises"
	"manche/grader"
)

// brokenBy returns the starter of an exercise with old replaced by text.
func brokenBy(tb testing.TB, slug, old, text string) grader.Submission {
	tb.Helper()
	ex, ok := theBench(tb).config.Catalog.Lookup(slug)
	if !ok {
		tb.Fatalf("there is no exercise %q", slug)
	}
	files := maps.Clone(ex.Starter.Files)
	name := ex.Editable[0]
	src := strings.Replace(string(files[name]), old, text, 1)
	if src == string(files[name]) {
		tb.Fatalf("%s: nothing to replace in %s: %q", slug, name, old)
	}
	files[name] = []byte(src)
	return grader.Submission{Exercise: slug, Files: files}
}

// What is said while somebody types is what the verdict would say.
func TestDiagnoseSaysWhatTheVerdictDoes(t *testing.T) {
	for _, tt := range []struct {
		name, slug, old, text string
		want                  string // the first finding's key
	}{
		{"syntax", "fix-the-leak", "select {", "select {{", "build.syntax"},
		{"types", "fix-the-leak", "lookup()", "lookup(1)", "build.types"},
		{"an import that is not allowed", "fix-the-leak", `"errors"`, `"errors"; "os"`, "policy.import"},
		{"another package name", "fix-the-leak", "package search", "package find", "policy.package_name"},
		{"a test without a test", "write-the-leak-test", "func Test", "func test", "build.no_test"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sub := brokenBy(t, tt.slug, tt.old, tt.text)
			got, err := theBench(t).Diagnose(t.Context(), sub)
			if err != nil {
				t.Fatal(err)
			}
			want := judge(t, sub).Findings
			if !slices.EqualFunc(got, want, sameWords) {
				t.Errorf("diagnosed %v, the verdict says %v", got, want)
			}
			if len(got) == 0 || got[0].Key != tt.want {
				t.Errorf("got %v, want %s first", got, tt.want)
			}
		})
	}
}

func sameWords(a, b grader.Finding) bool {
	return a.Key == b.Key && a.Place == b.Place && a.Severity == b.Severity && maps.Equal(a.Params, b.Params)
}

// The remarks of a verdict are those of the diagnosis, except where something was
// seen to happen.
func TestDiagnoseRemarks(t *testing.T) {
	for _, tt := range []struct{ slug, key string }{
		{"fix-the-leak", "vet.abandonedsend"},
	} {
		ex, _ := theBench(t).config.Catalog.Lookup(tt.slug)
		got, err := theBench(t).Diagnose(t.Context(), grader.Submission{Exercise: tt.slug, Files: ex.Starter.Files})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(got, func(f grader.Finding) bool {
			return f.Key == tt.key && f.Severity == grader.SeverityWarning && f.Line > 0
		}) {
			t.Errorf("%s: got %v, want a warning %s", tt.slug, got, tt.key)
		}
	}
}

// A reference has nothing against it: who types it in is not disturbed.
func TestDiagnoseOfReferences(t *testing.T) {
	for _, ex := range theBench(t).config.Catalog.(*exercises.Catalog).All() {
		got, err := theBench(t).Diagnose(t.Context(), grader.Submission{Exercise: ex.Slug, Files: ex.Reference})
		if err != nil {
			t.Fatal(err)
		}
		if len(got) > 0 {
			t.Errorf("%s: the reference has %v", ex.Slug, got)
		}
	}
}

func TestDiagnoseOfNothing(t *testing.T) {
	if _, err := theBench(t).Diagnose(t.Context(), grader.Submission{Exercise: "none"}); !errors.Is(err, grader.ErrUnknownExercise) {
		t.Errorf("got %v, want ErrUnknownExercise", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	ex, _ := theBench(t).config.Catalog.Lookup("fix-the-leak")
	if got, err := theBench(t).Diagnose(ended, grader.Submission{Exercise: ex.Slug, Files: ex.Reference}); !errors.Is(err, context.Canceled) {
		t.Errorf("for somebody who left: got %v, %v, want context.Canceled", got, err)
	}
}

// deep takes gofmt a minute.
var deep = "package p\nfunc f() {" + strings.Repeat("func(){ g(", 3000) + "x" + strings.Repeat(") }", 3000) + "}\n"

func TestFormat(t *testing.T) {
	for _, tt := range []struct {
		name, in, want, fault string
	}{
		{"is laid out", "package p\nfunc  f( ) {\nif  true{}\n}", "package p\n\nfunc f() {\n\tif true {\n\t}\n}\n", ""},
		{"is as gofmt does it already", "package p\n", "package p\n", ""},
		{"has a syntax error", "package p\nfunc f( {\n", "package p\nfunc f( {\n", "2"},
		{"is no package", "func f() {}", "func f() {}", "1"},
		{"is empty", "", "", "1"},
		{"is nested too deeply", deep, deep, ""},
		{"is too large", "package p" + strings.Repeat("\n", 64<<10), "package p" + strings.Repeat("\n", 64<<10), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := map[string][]byte{"a.go": []byte(tt.in), "b.go": []byte("package  p")}
			got, found := grader.Format(in)
			if string(got["a.go"]) != tt.want || string(got["b.go"]) != "package p\n" {
				t.Errorf("got %.80q", got)
			}
			if string(in["b.go"]) != "package  p" {
				t.Error("what was given is modified")
			}
			if (len(found) > 0) != (tt.fault != "") || len(found) > 0 && (found[0].Key != "build.syntax" || found[0].File != "a.go" || found[0].Params["line"] != tt.fault) {
				t.Errorf("got the findings %v, want one on line %q", found, tt.fault)
			}
		})
	}
}

// Everything in the course is laid out as gofmt does.
func TestFormatOfTheCourse(t *testing.T) {
	for _, ex := range theBench(t).config.Catalog.(*exercises.Catalog).All() {
		for _, v := range append([]exercises.Variant{ex.Starter}, ex.Right...) {
			got, found := grader.Format(v.Files)
			if len(found) > 0 || !maps.EqualFunc(got, v.Files, func(a, b []byte) bool { return string(a) == string(b) }) {
				t.Errorf("%s, %s: %v", ex.Slug, v.Name, found)
			}
		}
	}
}

// An archive that cannot be read is our fault, and no type error of whoever imports
// the package.
func TestLostArchive(t *testing.T) {
	b, ex := theBench(t), exercise(t)
	defer b.OpenWith(func(path string) (io.ReadCloser, error) {
		return nil, &fs.PathError{Op: "open", Path: "/cache/" + path + ".a", Err: syscall.EMFILE}
	})()
	sub := grader.Submission{Exercise: ex.Slug, Files: ex.Reference}
	if list, err := b.Diagnose(t.Context(), sub); !errors.Is(err, syscall.EMFILE) {
		t.Errorf("read: got %v, %v, want %v", list, err, syscall.EMFILE)
	}
	if v, err := b.Judge(t.Context(), sub); !errors.Is(err, syscall.EMFILE) {
		t.Errorf("judged: got %v, %v, want %v", v, err, syscall.EMFILE)
	}
}

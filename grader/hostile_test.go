package grader_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"manche/grader"
)

// hostile is a package with tests of its own that gives the grader something hard
// to read.
type hostile struct {
	files, tests map[string][]byte
	// want has the outcome and the findings as [inWords] tells them; goroutines
	// what they do; passed the checks that must not be blamed.
	want, goroutines, passed []string
}

// readHostile reads a folder of testdata/hostile. The head of its prog.go says
// what is wanted: "want: " the outcome, or a finding; "goroutine: " what one does,
// its function and place; "passed: " a check.
func readHostile(t *testing.T, dir string) hostile {
	t.Helper()
	h := hostile{files: make(map[string][]byte), tests: make(map[string][]byte)}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no package in %s: %v", dir, err)
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") {
			h.tests[filepath.Base(name)] = src
			continue
		}
		h.files[filepath.Base(name)] = src
		h.want = append(h.want, heads(src, "want")...)
		h.goroutines = append(h.goroutines, heads(src, "goroutine")...)
		h.passed = append(h.passed, heads(src, "passed")...)
	}
	return h
}

// heads reads all "// name: value" from the head of a file.
func heads(src []byte, name string) []string {
	var values []string
	for line := range strings.Lines(string(src)) {
		rest, comment := strings.CutPrefix(line, "//")
		if !comment {
			break
		}
		if value, ok := strings.CutPrefix(rest, " "+name+": "); ok {
			values = append(values, strings.TrimSpace(value))
		}
	}
	return values
}

// Whatever a program does, the verdict says what it did and where: these findings
// and no others, and nobody else is blamed.
func TestHostile(t *testing.T) {
	dirs, err := filepath.Glob("testdata/hostile/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no hostile packages: %v", err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			h := readHostile(t, dir)
			h.hold(t, judge(t, grader.Submission{Exercise: "prog", Files: h.files, Tests: h.tests}))
		})
	}
}

// hold compares a verdict with what is wanted.
func (h hostile) hold(t *testing.T, v *grader.Verdict) {
	t.Helper()
	got, doing := []string{string(v.Outcome)}, []string{}
	for _, f := range v.Findings {
		if f.Severity == grader.SeverityError {
			got = append(got, inWords(f))
		}
		for _, g := range f.Goroutines {
			doing = append(doing, fmt.Sprintf("%s %s %s:%d", g.Does, g.Function, g.At.File, g.At.Line))
		}
	}
	for _, w := range h.want {
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
	for _, g := range h.goroutines {
		if !slices.Contains(doing, g) {
			t.Errorf("no goroutine %q; there are %q", g, doing)
		}
	}
	for _, name := range h.passed {
		i := slices.IndexFunc(v.Checks, func(c grader.Check) bool { return c.Name == name })
		if i < 0 || v.Checks[i].Outcome != grader.Passed {
			t.Errorf("check %s has not passed: %+v", name, v.Checks)
		}
	}
}

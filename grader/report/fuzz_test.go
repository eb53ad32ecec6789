package report_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"manche/grader/report"
)

// seeds are real outputs, and pieces of them.
func seeds(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatalf("no outputs: %v", err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		text := string(raw[:min(len(raw), 4<<10)])
		f.Add(text)
		f.Add(text[len(text)/3:])
		f.Add(strings.ReplaceAll(text, "\n", "\r\n"))
	}
	f.Add("goroutine 1 [x]:\n/\n\t/:1\n")
	f.Add("    a_test.go:1: \n        ")
}

// places holds frames against what every place must be.
func places(t *testing.T, frames []report.Frame) {
	t.Helper()
	for _, f := range frames {
		if f.Line <= 0 || f.File == "" || path.Base(f.File) != f.File {
			t.Errorf("frame %+v: want a base name and a line from 1", f)
		}
	}
}

func goroutine(t *testing.T, g report.Goroutine) {
	t.Helper()
	places(t, g.Frames)
	if g.Created != (report.Frame{}) {
		places(t, []report.Frame{g.Created})
	}
}

func FuzzRaces(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, r := range report.Races(text) {
			if len(r.Accesses) < 2 || !strings.HasPrefix(r.Text, "WARNING: DATA RACE\n") || !strings.Contains(text, r.Text) {
				t.Errorf("race %+v", r)
			}
			for _, a := range r.Accesses {
				places(t, a.Frames)
				places(t, a.Created)
			}
		}
	})
}

func FuzzGoroutines(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, g := range report.Goroutines(text) {
			goroutine(t, g)
		}
	})
}

func FuzzLastPanic(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		p, ok := report.LastPanic(text)
		if ok && !strings.Contains(strings.ReplaceAll(text, "\n\t", "\n"), strings.ReplaceAll(p.Value, "\n\t", "\n")) {
			t.Errorf("the value %q is not in the text", p.Value)
		}
		goroutine(t, p.Goroutine)
	})
}

func FuzzFailures(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, x := range report.Failures(text) {
			if x.Line <= 0 || path.Base(x.File) != x.File || !strings.HasSuffix(x.File, "_test.go") {
				t.Errorf("failure %+v", x)
			}
		}
	})
}

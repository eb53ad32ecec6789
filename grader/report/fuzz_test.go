package report_test

import (
	"os"
	"path"
	"strings"
	"testing"

	outputs "manche/grader/internal/seeds"
	"manche/grader/report"
)

// seeds are real outputs, and pieces of them.
func seeds(f *testing.F) {
	for _, output := range outputs.Outputs(f) {
		text := output[:min(len(output), 4<<10)]
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
			if len(r.Accesses) != 2 || !strings.HasPrefix(r.Text, "WARNING: DATA RACE\n") || !strings.Contains(text, r.Text) {
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
		for line := range strings.SplitSeq(p.Value, "\n") {
			if ok && !strings.Contains(text, line) {
				t.Errorf("of the value %q, %q is not in the text", p.Value, line)
			}
		}
		goroutine(t, p.Goroutine)
	})
}

func FuzzDiagnostics(f *testing.F) {
	seeds(f)
	f.Add("./main.go:3:19: declared and not used: x\n\tmore\nx.go:0:0: y\na/b.go:99999999999999999999:1: z\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range report.Diagnostics(text) {
			if d.Line <= 0 || d.Column <= 0 || path.Base(d.File) != d.File || !strings.HasSuffix(d.File, ".go") || d.Message == "" || !strings.Contains(text, d.Message) {
				t.Errorf("diagnostic %+v", d)
			}
		}
	})
}

func FuzzBare(f *testing.F) {
	f.Add("main.(*T[go.shape.map[string][]int]).m.func1")
	for _, output := range outputs.Outputs(f) {
		for _, g := range report.Goroutines(output) {
			for _, frame := range g.Frames {
				f.Add(frame.Function)
			}
		}
	}
	f.Fuzz(func(t *testing.T, name string) {
		bare := report.Bare(name)
		if strings.Contains(bare, "[") || report.Bare(bare) != bare || len(bare) > 3*len(name) || !strings.ContainsAny(name, "[]") && bare != strings.ToValidUTF8(name, "\ufffd") && strings.ToValidUTF8(name, "") == name {
			t.Errorf("%q of %q", bare, name)
		}
	})
}

// A report is read as a whole or not at all: no two cut reports make one.
func FuzzCutRaces(f *testing.F) {
	raw, err := os.ReadFile("testdata/race-two.txt")
	if err != nil {
		f.Fatal(err)
	}
	text := string(raw)
	all := report.Races(text)
	f.Add(0, len(text), "")
	f.Add(len(text)/2, len(text), "goroutine 1 [running]:\n")
	f.Fuzz(func(t *testing.T, cut, again int, between string) {
		if cut < 0 || cut > len(text) || again < 0 || again > len(text) || strings.Contains(between, "0x") {
			return
		}
		for _, r := range report.Races(text[:cut] + "\n" + between + "\n" + text[again:]) {
			if len(r.Accesses) != 2 {
				t.Errorf("cut at %d, then %q, then from %d: %+v", cut, between, again, r)
			}
		}
		if got := report.Races(text[:cut] + "\n" + text); len(got) < len(all) {
			t.Errorf("cut at %d, and once more: %d reports, want %d at least", cut, len(got), len(all))
		}
	})
}

// A program that says nothing of memory has not died for want of it.
func FuzzOutOfMemory(f *testing.F) {
	seeds(f)
	f.Add("fatal error: runtime: out of memory\n")
	f.Add("==7==ERROR: ThreadSanitizer: failed to allocate 0x1000 bytes\n")
	f.Fuzz(func(t *testing.T, text string) {
		told := report.OutOfMemory(text)
		if told && !strings.Contains(text, "memory") && !strings.Contains(text, "failed to allocate") && !strings.Contains(text, "Failed to mmap") {
			t.Errorf("out of memory in %q", text)
		}
		if told && !report.OutOfMemory("some line\n"+text+"\nanother\n") {
			t.Errorf("not out of memory among other lines: %q", text)
		}
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

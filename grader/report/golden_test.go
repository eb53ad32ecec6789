package report_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"manche/grader/report"
)

var update = flag.Bool("update", false, "run the programs under testdata/programs anew, and write what they print and what is read from it")

// What Go's own tools print, from the programs under testdata/programs, and what
// is read from it: testdata/<name>.txt and testdata/<name>.golden.
func TestRealOutput(t *testing.T) {
	programs, err := filepath.Glob("testdata/programs/*")
	if err != nil || len(programs) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	for _, dir := range programs {
		name := filepath.Base(dir)
		t.Run(name, func(t *testing.T) {
			if *update {
				record(t, dir, name)
			}
			text := read(t, name+".txt")
			got := describe(text)
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := read(t, name+".golden"); got != want {
				t.Errorf("read from %s.txt:\n%s\nwant:\n%s", name, got, want)
			}
		})
	}
}

// record runs a program and keeps what it prints.
func record(t *testing.T, dir, name string) {
	t.Helper()
	var cmd *exec.Cmd
	switch {
	case strings.HasPrefix(name, "log-"):
		cmd = exec.Command("go", "test", "-v", "-count=1", "./"+dir)
	case strings.HasPrefix(name, "race-"):
		cmd = exec.Command("go", "run", "-race", "-trimpath", "./"+dir)
	default:
		cmd = exec.Command("go", "run", "-trimpath", "./"+dir)
	}
	cmd.Env = append(os.Environ(), "GOEXPERIMENT=goroutineleakprofile", "GOTRACEBACK=all", "GORACE=atexit_sleep_ms=0")
	out, err := cmd.CombinedOutput() // most of them die: that is what they are for
	if len(out) == 0 {
		t.Fatalf("%s printed nothing: %v", dir, err)
	}
	if err := os.WriteFile(filepath.Join("testdata", name+".txt"), out, 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(tb testing.TB, name string) string {
	tb.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return string(raw)
}

// describe prints all that is read from a text.
func describe(text string) string {
	var b strings.Builder
	for _, r := range report.Races(text) {
		b.WriteString("race\n")
		for _, a := range r.Accesses {
			fmt.Fprintf(&b, "  write=%v goroutine=%d\n", a.Write, a.Goroutine)
			stack(&b, "    ", a.Frames)
			if len(a.Created) > 0 {
				b.WriteString("    created\n")
				stack(&b, "      ", a.Created)
			}
		}
	}
	if p, ok := report.LastPanic(text); ok {
		fmt.Fprintf(&b, "panic %q fatal=%v goroutine=%d\n", p.Value, p.Fatal, p.Goroutine.ID)
		stack(&b, "    ", p.Goroutine.Frames)
	}
	for _, g := range report.Goroutines(text) {
		fmt.Fprintf(&b, "goroutine %d %q leaked=%v durable=%v bubble=%d\n", g.ID, g.State, g.Leaked, g.Durable, g.Bubble)
		stack(&b, "    ", g.Frames)
		if g.Created.Line > 0 {
			fmt.Fprintf(&b, "    created by %s %s:%d\n", g.Created.Function, g.Created.File, g.Created.Line)
		}
	}
	for _, f := range report.Failures(text) {
		fmt.Fprintf(&b, "failure %s:%d %q\n", f.File, f.Line, f.Message)
	}
	return b.String()
}

// stack prints the frames of the program's own files; of the others, how many
// stand between.
func stack(b *strings.Builder, indent string, frames []report.Frame) {
	others := 0
	for _, f := range frames {
		if !strings.HasPrefix(f.Function, "main.") {
			others++
			continue
		}
		if others > 0 {
			fmt.Fprintf(b, "%s%d others\n", indent, others)
			others = 0
		}
		fmt.Fprintf(b, "%s%s %s:%d\n", indent, f.Function, f.File, f.Line)
	}
	if others > 0 {
		fmt.Fprintf(b, "%s%d others\n", indent, others)
	}
}

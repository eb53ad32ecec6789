//go:build linux

package main_test

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"manche/exercises"
	"manche/grader"
)

// BenchmarkFreshEdit compares how long a learner waits after an edit for go test
// -race, once, with how long for a verdict, which repeats every check: from the
// whole process "manche grade", and from a server that runs already. Each round
// measures all of them, in turn, so that whatever else the machine does hits
// them alike; the figures are medians of the rounds. The two ratios are to stay
// at 0.35 or below.
//
// A second of what go test takes, where the test binary comes to its end, is a
// sleep: the race detector's atexit_sleep_ms (go.dev/doc/articles/race_detector,
// Options), which the grader sets to 0. go-test-awake-ms is go test without it.
//
//	go test -run '^$' -bench FreshEdit -benchtime 15x ./cmd/manche
func BenchmarkFreshEdit(b *testing.B) {
	ex := bundle(b)
	s := startServer(b, "--per-minute", "100000") // no limit that a benchmark could reach
	for _, answer := range []struct {
		name  string
		files exercises.Files
		pass  bool
	}{{"reference", ex.Reference, true}, {"starter", ex.Starter.Files, false}} {
		b.Run(answer.name, func(b *testing.B) {
			e := &edits{b: b, files: answer.files, pass: answer.pass, dir: checksModule(b, ex), server: s}
			e.compare()
		})
	}
}

// edits measures what becomes of fresh edits of one answer.
type edits struct {
	b      *testing.B
	files  exercises.Files
	pass   bool
	dir    string // a module with the exercise's checks
	server *server
}

// compare measures all ways in every round, each time beginning with another.
func (e *edits) compare() {
	ways := []func(exercises.Files){e.goTest, e.goTestAwake, e.grade, e.serve}
	took := make([][]float64, len(ways))
	for _, way := range ways { // what is prepared once, is
		way(e.fresh())
	}
	for round := 0; e.b.Loop(); round++ {
		for i := range ways {
			way := (round + i) % len(ways)
			files := e.fresh()
			start := time.Now()
			ways[way](files)
			took[way] = append(took[way], float64(time.Since(start).Microseconds())/1000)
		}
	}
	goTest, awake, grade, serve := median(took[0]), median(took[1]), median(took[2]), median(took[3])
	e.b.ReportMetric(0, "ns/op") // of all together says nothing
	e.b.ReportMetric(goTest, "go-test-ms")
	e.b.ReportMetric(awake, "go-test-awake-ms")
	e.b.ReportMetric(grade, "grade-ms")
	e.b.ReportMetric(serve, "server-ms")
	e.b.ReportMetric(grade/goTest, "grade/go-test")
	e.b.ReportMetric(serve/goTest, "server/go-test")
}

// fresh changes a string of the program: go test answers from its cache where
// only a comment is new, since the object is the same.
func (e *edits) fresh() exercises.Files {
	const text = "no answer within the limit"
	edited := make(exercises.Files, len(e.files))
	for name, src := range e.files {
		edited[name] = bytes.Replace(src, []byte(text), []byte(text+" "+strconv.FormatInt(time.Now().UnixNano(), 36)), 1)
		if bytes.Equal(edited[name], src) {
			e.b.Fatalf("%s does not contain %q, so the edit would change nothing", name, text)
		}
	}
	return edited
}

// goTest is what a learner without us does.
func (e *edits) goTest(files exercises.Files) { e.runGoTest(files, "GORACE=") }

func (e *edits) goTestAwake(files exercises.Files) { e.runGoTest(files, "GORACE=atexit_sleep_ms=0") }

func (e *edits) runGoTest(files exercises.Files, env string) {
	e.write(files)
	cmd := exec.Command("go", "test", "-race", ".")
	cmd.Dir = e.dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly", env)
	out, err := cmd.CombinedOutput()
	if (err == nil) != e.pass || bytes.Contains(out, []byte("(cached)")) || bytes.Contains(out, []byte("setup failed")) || bytes.Contains(out, []byte("build failed")) {
		e.b.Fatalf("go test: %v, want a fresh run that passes: %v; it said:\n%s", err, e.pass, out)
	}
}

// grade is the verb, as a process.
func (e *edits) grade(files exercises.Files) {
	e.write(files)
	path, err := program()
	if err != nil {
		e.b.Fatal(err)
	}
	cmd := exec.Command(path, "grade", "fix-the-leak", e.dir)
	out, _ := cmd.CombinedOutput() // the exit code tells
	if code, want := cmd.ProcessState.ExitCode(), map[bool]int{true: 0, false: 1}[e.pass]; code != want {
		e.b.Fatalf("manche grade ends with code %d, want %d; it said:\n%s", code, want, out)
	}
}

// serve is the time from the request to the verdict in the event stream.
func (e *edits) serve(files exercises.Files) {
	c := e.server.anybody()
	status, sub := c.submit(e.b, files, false)
	events := c.follow(e.b, sub.ID)
	if status != http.StatusAccepted || len(events) == 0 || events[len(events)-1].name != "verdict" {
		e.b.Fatalf("the server answers %d, then %v, want 202 and a verdict", status, events)
	}
	want := map[bool]grader.Outcome{true: grader.Passed, false: grader.Failed}[e.pass]
	if v := decode(e.b, []byte(events[len(events)-1].data)); v.Outcome != want {
		e.b.Fatalf("the server's verdict is %s, want %q", v.Canonical(), want)
	}
}

func (e *edits) write(files exercises.Files) { writeFiles(e.b, e.dir, files) }

// checksModule makes a module with the exercise's checks and what they need.
func checksModule(b *testing.B, ex *exercises.Exercise) string {
	b.Helper()
	dir := b.TempDir()
	writeFiles(b, dir, ex.Checks)
	for name, from := range map[string]string{"go.mod": "archive.mod", "go.sum": "archive.sum"} {
		raw, err := os.ReadFile(filepath.Join("..", "..", "grader", "build", from))
		if err != nil {
			b.Fatal(err)
		}
		writeFiles(b, dir, exercises.Files{name: raw})
	}
	return dir
}

func writeFiles(b *testing.B, dir string, files exercises.Files) {
	b.Helper()
	for name, src := range files {
		if err := os.WriteFile(filepath.Join(dir, name), src, 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

package grader_test

import (
	"bytes"
	"errors"
	"go/importer"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"manche/grader"
	"manche/grader/build"
	"manche/grader/harness"
	"manche/grader/policy"
	"manche/grader/sandbox"
)

// forgery is a submission that tries to get a verdict it does not deserve, or
// one that only looks like that.
type forgery struct {
	name    string
	outcome grader.Outcome
	finding string // key or kind of a finding; empty when it passes
	files   map[string][]byte
}

// forgeries reads testdata/forgeries. Each file says in its head what is wanted,
//
//	// want: failed leak
//
// and with "also:" under which further name it is handed in, beside the starter.
func forgeries(t *testing.T) []forgery {
	t.Helper()
	names, err := filepath.Glob("testdata/forgeries/*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("no forgeries: %v", err)
	}
	var list []forgery
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f := forgery{name: strings.TrimSuffix(filepath.Base(name), ".go"), files: map[string][]byte{"search.go": src}}
		want, ok := head(src, "want")
		if !ok {
			t.Fatalf("%s does not say what is wanted", name)
		}
		outcome, finding, _ := strings.Cut(want, " ")
		f.outcome, f.finding = grader.Outcome(outcome), finding
		if other, ok := head(src, "also"); ok {
			f.files = map[string][]byte{"search.go": exercise(t).Starter.Files["search.go"], other: src}
		}
		list = append(list, f)
	}
	return list
}

// head reads "// name: value" from the head of a file.
func head(src []byte, name string) (string, bool) {
	for line := range strings.Lines(string(src)) {
		rest, comment := strings.CutPrefix(line, "// ")
		if !comment {
			break
		}
		if value, ok := strings.CutPrefix(rest, name+": "); ok {
			return strings.TrimSpace(value), true
		}
	}
	return "", false
}

// Every forgery gets the verdict that it deserves.
func TestForgeries(t *testing.T) {
	for _, f := range forgeries(t) {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			v := judge(t, grader.Submission{Exercise: "fix-the-leak", Files: f.files})
			found := slices.ContainsFunc(v.Findings, func(x grader.Finding) bool { return x.Key == f.finding || string(x.Kind) == f.finding })
			if v.Outcome != f.outcome || (f.finding != "") != found {
				t.Errorf("got %s, want %s %s", describe(v), f.outcome, f.finding)
			}
		})
	}
}

// forged are the wrong answers that are believed when the policy does not keep
// them out. There, and nowhere else, the policy alone stands between a learner
// and a false verdict; so each says what it is that no other part can see.
var forged = map[string]string{
	"norace":           "the compiler does not instrument what it is told not to",
	"race-annotations": "the detector is told that the accesses are ordered",
	"replay":           "whoever can read the driver's memory has its key",
}

// deserved are the answers that are right, or wrong in nothing that runs: what
// they do besides, the policy refuses for the sake of others.
var deserved = map[string]string{
	"test-names": "a right answer with a name that go test would misread",
}

// The same without the policy: the harness, the sandbox and the driver's report
// see through every other wrong answer.
func TestForgeriesWithoutThePolicy(t *testing.T) {
	believed := make(map[string]bool)
	t.Run("all", func(t *testing.T) {
		results := make(chan string, len(forgeries(t)))
		t.Cleanup(func() {
			close(results)
			for name := range results {
				believed[name] = true
			}
		})
		for _, f := range forgeries(t) {
			if f.outcome == grader.Passed || strings.HasSuffix(f.name, "-bomb") && f.outcome == grader.Refused { // these would burst this very process
				continue
			}
			t.Run(f.name, func(t *testing.T) {
				t.Parallel()
				if ungated(t, f) {
					results <- f.name
				}
			})
		}
	})
	for name := range believed {
		if forged[name] == "" && deserved[name] == "" {
			t.Errorf("%s is believed without the policy", name)
		}
	}
	for _, list := range []map[string]string{forged, deserved} {
		for name, why := range list {
			if !believed[name] {
				t.Errorf("%s is not believed without the policy, though %s", name, why)
			}
		}
	}
}

// ungated builds and runs a forgery without any rule, and reports whether the
// run is believed and all checks have passed in it.
func ungated(t *testing.T, f forgery) bool {
	t.Helper()
	program, ok := assemble(t, f)
	if !ok {
		return false
	}
	dir := openFolder(t)
	binary, _, err := archives(t).Build(t.Context(), dir, program.Files)
	if fault := (*build.SourceError)(nil); errors.As(err, &fault) {
		return false
	} else if err != nil {
		t.Logf("not linked: %v", err)
		return false
	}
	orders := harness.Orders{Key: []byte("k"), Repetitions: 2, Least: 2, CheckMS: 1500, Seed: 1, Race: archives(t).Race()}
	var report bytes.Buffer
	result, err := theBench(t).sandbox.Run(t.Context(), sandbox.Program{
		Path: binary, Stdin: orders.Encode(), Report: &report, Env: []string{"GOMAXPROCS=2", "GORACE=atexit_sleep_ms=0 halt_on_error=0"},
		Limits: sandbox.Limits{Report: 16 << 20, Output: 1 << 20},
	})
	if err != nil {
		t.Fatalf("running: %v", err)
	}
	run := program.Read(orders, report.Bytes(), result.Output)
	good := run.Complete && !run.Tampered && !slices.ContainsFunc(run.Attempts, func(a harness.Attempt) bool {
		return a.Failed || a.Left != "" || a.Races > 0 || a.Stuck
	})
	t.Logf("complete %v, tampered %v, %d attempts, stop %s, exit %d %s", run.Complete, run.Tampered, len(run.Attempts), result.Stop, result.ExitCode, result.Signal)
	return good
}

// assemble puts a forgery and the checks together without any rule, and reports
// whether it compiles.
func assemble(t *testing.T, f forgery) (*harness.Program, bool) {
	t.Helper()
	ex := exercise(t)
	imp := importer.ForCompiler(token.NewFileSet(), "gc", archives(t).Open)
	files := slices.Sorted(func(yield func(string) bool) {
		for name := range f.files {
			if !yield(name) {
				return
			}
		}
	})
	result := policy.Check(f.files, policy.Rules{Package: ex.Package, Files: files, Importer: imp, Own: true})
	if result.Package == nil {
		t.Logf("does not compile: %v", result.Errors)
		return nil, false
	}
	checks, err := harness.Prepare(ex.Package, ex.CheckList, ex.Reference, ex.Checks, imp)
	if err != nil {
		t.Fatal(err)
	}
	return checks.Program(result.Package), true
}

// archives are those that the grader builds against.
func archives(t *testing.T) *build.Archives {
	t.Helper()
	own, err := harness.DriverSources()
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	toolchain := theBench(t).config.Toolchain
	a, err := build.Prepare(t.Context(), build.Config{
		Toolchain: toolchain, Race: toolchain.Race, Cache: filepath.Join(cache, "manche"), Own: own,
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// openFolder is one that the sandbox can execute from.
func openFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "manche-forgery-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return dir
}

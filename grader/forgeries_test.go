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
	"manche/grader/attack"
	"manche/grader/build"
	"manche/grader/harness"
	"manche/grader/policy"
	"manche/grader/sandbox"
)

func forgeries(t *testing.T) []attack.Forgery {
	t.Helper()
	list, err := attack.Forgeries(exercise(t))
	list = attack.Unhurried(list)
	if err != nil || len(list) == 0 {
		t.Fatalf("no forgeries: %v", err)
	}
	return list
}

// Every forgery gets the verdict that it deserves.
func TestForgeries(t *testing.T) {
	for _, f := range forgeries(t) {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			for _, fault := range f.Assess(judge(t, f.Submission())).Faults {
				t.Error(fault)
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
			if f.Outcome == grader.Passed || strings.HasSuffix(f.Name, "-bomb") && f.Outcome == grader.Refused { // these would burst this very process
				continue
			}
			t.Run(f.Name, func(t *testing.T) {
				t.Parallel()
				if ungated(t, f) {
					results <- f.Name
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
func ungated(t *testing.T, f attack.Forgery) bool {
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
func assemble(t *testing.T, f attack.Forgery) (*harness.Program, bool) {
	t.Helper()
	ex := exercise(t)
	imp := importer.ForCompiler(token.NewFileSet(), "gc", archives(t).Open)
	files := slices.Sorted(func(yield func(string) bool) {
		for name := range f.Files {
			if !yield(name) {
				return
			}
		}
	})
	result := policy.Check(f.Files, policy.Rules{Package: ex.Package, Files: files, Importer: imp, Own: true})
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

package harness_test

import (
	"bytes"
	"context"
	"go/importer"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"manche/grader/build"
	"manche/grader/harness"
	"manche/grader/policy"
	"manche/grader/sandbox"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// archives are what the grader builds against, from the user's cache.
var archives = sync.OnceValues(func() (*build.Archives, error) {
	ctx := context.Background()
	toolchain, err := build.Find(ctx)
	if err != nil {
		return nil, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	own, err := harness.DriverSources()
	if err != nil {
		return nil, err
	}
	return build.Prepare(ctx, build.Config{
		Toolchain: toolchain, Race: toolchain.Race, Cache: filepath.Join(cache, "manche"), Own: own,
	})
})

func prepared(tb testing.TB) *build.Archives {
	tb.Helper()
	a, err := archives()
	if err != nil {
		tb.Fatalf("preparing the archives: %v", err)
	}
	return a
}

func newImporter(tb testing.TB) types.Importer {
	return importer.ForCompiler(token.NewFileSet(), "gc", prepared(tb).Open)
}

// The files of the small exercises here.
const (
	answerFile = "answer.go"
	checksFile = "answer_test.go"
)

// put puts an answer and checks together, both of package answer. The names of
// the checks are those of the functions that take a *testing.T.
func put(t *testing.T, answer, checks string) *harness.Program {
	t.Helper()
	return putWith(t, answer, answer, checks)
}

// putWith is put for checks that were written for another answer.
func putWith(t *testing.T, reference, answer, checks string) *harness.Program {
	t.Helper()
	imp := newImporter(t)
	result := policy.Check(map[string][]byte{answerFile: []byte(answer)}, policy.Rules{Package: "answer", Files: []string{answerFile}, Importer: imp})
	if result.Package == nil {
		t.Fatalf("the answer is not one: refused %v, errors %v", result.Refusals, result.Errors)
	}
	c, err := harness.Prepare("answer", testNames(checks), map[string][]byte{answerFile: []byte(reference)}, map[string][]byte{checksFile: []byte(checks)}, imp)
	if err != nil {
		t.Fatalf("preparing the checks: %v", err)
	}
	return c.Program(result.Package)
}

// testNames lists the checks of a source.
func testNames(src string) []string {
	var names []string
	for line := range strings.Lines(src) {
		rest, ok := strings.CutPrefix(line, "func Test")
		if ok && strings.Contains(rest, "*") && !strings.HasPrefix(rest, "Main(") {
			name, _, _ := strings.Cut(rest, "(")
			names = append(names, "Test"+name)
		}
	}
	return names
}

// compile builds a program and returns where it stands.
func compile(t *testing.T, p *harness.Program) string {
	t.Helper()
	dir := t.TempDir()
	for d := dir; d != os.TempDir() && len(d) > 1; d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	binary, _, err := prepared(t).Build(t.Context(), dir, p.Files)
	if err != nil {
		t.Fatalf("building: %v\n%s", err, numbered(p.Files[checksFile]))
	}
	return binary
}

func numbered(src []byte) string { return "1 " + strings.ReplaceAll(string(src), "\n", "\n| ") }

// orders for one clean repetition, or more.
func orders(t *testing.T, repetitions int) harness.Orders {
	return harness.Orders{
		Key: []byte("a key of the tests"), Repetitions: repetitions, Least: 1, BudgetMS: 10_000, CheckMS: 2000, Seed: 7, Race: prepared(t).Race(),
	}
}

// run runs a program under orders.
func run(t *testing.T, p *harness.Program, binary string, o harness.Orders) (harness.Run, sandbox.Result) {
	t.Helper()
	box, err := sandbox.Open(t.Context(), sandbox.Config{AllowNone: true})
	if err != nil {
		t.Fatalf("opening a sandbox: %v", err)
	}
	defer box.Close()
	var report bytes.Buffer
	result, err := box.Run(t.Context(), sandbox.Program{
		Path: binary, Stdin: o.Encode(), Report: &report,
		Env:    []string{"GOTRACEBACK=all", "GOMAXPROCS=2", "GORACE=atexit_sleep_ms=0 halt_on_error=0"},
		Limits: sandbox.Limits{Report: 16 << 20, Output: 4 << 20},
	})
	if err != nil {
		t.Fatalf("running: %v", err)
	}
	return p.Read(o, report.Bytes(), result.Output), result
}

// judge puts, compiles and runs once, and wants the run complete.
func judge(t *testing.T, answer, checks string) harness.Run {
	t.Helper()
	p := put(t, answer, checks)
	r, result := run(t, p, compile(t, p), orders(t, 1))
	if !r.Complete || r.Tampered {
		t.Fatalf("complete %v, tampered %v, stop %s, output:\n%s", r.Complete, r.Tampered, result.Stop, result.Output)
	}
	return r
}

// failed lists the checks that failed.
func failed(r harness.Run) []string {
	var names []string
	for _, a := range r.Attempts {
		if a.Failed && !slices.Contains(names, a.Check) {
			names = append(names, a.Check)
		}
	}
	return names
}

//go:build !race

// What the stages of a verdict cost that are plain functions. The race detector
// makes allocations of its own, so there is nothing to compare under it.

package measure_test

import (
	"bytes"
	"fmt"
	"go/importer"
	"go/token"
	"go/version"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"manche/grader/build"
	"manche/grader/harness"
	"manche/grader/harness/wire"
	"manche/grader/policy"
	"manche/grader/report"
	"manche/grader/source"
)

// Tolerance of the comparison: the tables of a map grow by the seed of its
// hashes, and pools are emptied whenever the garbage collector runs. An
// allocation that is added for each line, goroutine or frame is far more.
const (
	tolerated      = 0.03
	toleratedLeast = 3 // allocations
)

// TestAllocations holds how often each stage allocates against what it did when
// testdata/allocations.txt was written: unlike time, that is nearly the same on
// every machine. Of another Go release the library may allocate otherwise; then
// nothing is compared.
func TestAllocations(t *testing.T) {
	got := map[string]float64{}
	for name, stage := range stages(t) {
		got[name] = testing.AllocsPerRun(20, stage)
	}
	if *update {
		golden(t, "allocations.txt", allocationsText(got))
		return
	}
	release, want := readAllocations(t)
	if now := version.Lang(runtime.Version()); now != release {
		skip := t.Skipf
		if os.Getenv("MANCHE_CI") != "" {
			skip = t.Fatalf // there, figures that are compared with nothing must not look held
		}
		skip("this is %s, and the figures are those of %s: go test ./cmd/manche/measure -run Allocations -update writes them anew", now, release)
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		few, many := got[name], want[name]
		if few > many {
			few, many = many, few
		}
		if many-few > max(toleratedLeast, tolerated*many) {
			t.Errorf("%s allocates %.0f times, and did %.0f times: more is to be mended, less is to be kept by -update", name, got[name], want[name])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d stages were measured, and %d are on record", len(got), len(want))
	}
}

func BenchmarkStages(b *testing.B) {
	all := stages(b)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				all[name]()
			}
		})
	}
}

// allocationsText is the form of the file: the release, and a line for each stage.
func allocationsText(got map[string]float64) string {
	var text strings.Builder
	fmt.Fprintln(&text, version.Lang(runtime.Version()))
	for _, name := range slices.Sorted(maps.Keys(got)) {
		fmt.Fprintf(&text, "%s %.0f\n", name, got[name])
	}
	return text.String()
}

func readAllocations(t *testing.T) (release string, want map[string]float64) {
	t.Helper()
	release, rest, _ := strings.Cut(string(file(t, "testdata/allocations.txt")), "\n")
	want = make(map[string]float64)
	for line := range strings.Lines(rest) {
		var name string
		var n float64
		if _, err := fmt.Sscanf(line, "%s %f", &name, &n); err != nil {
			t.Fatalf("reading the line %q: %v", line, err)
		}
		want[name] = n
	}
	return release, want
}

// stages are functions by name, each doing what a verdict has done once.
func stages(tb testing.TB) map[string]func() {
	tb.Helper()
	const name = "idiomatic.go"
	files := map[string][]byte{name: file(tb, "../../../grader/policy/testdata/"+name)}
	rules := policy.Rules{Package: "idiomatic", Files: []string{name}, Importer: importer.ForCompiler(token.NewFileSet(), "gc", archives(tb).Open)}
	pkg := policy.Check(files, rules).Package
	if pkg == nil {
		tb.Fatal("the policy refuses its own sample")
	}
	printed := func(name string) string { return string(file(tb, "../../../grader/report/testdata/"+name+".txt")) }
	races, dump, died, log := printed("race-two"), printed("dump-leaks"), printed("panic-send-closed"), printed("log-lines")
	key := []byte(strings.Repeat("k", 32))
	var sent bytes.Buffer
	sendFrames(&sent, key, dump)
	return map[string]func(){
		"policy":            func() { policy.Check(files, rules) },
		"source":            func() { source.New(pkg, nil) },
		"report/races":      func() { report.Races(races) },
		"report/goroutines": func() { report.Goroutines(dump) },
		"report/panic":      func() { report.LastPanic(died) },
		"report/failures":   func() { report.Failures(log) },
		"wire/send":         func() { sendFrames(io.Discard, key, dump) },
		"wire/read":         func() { wire.ReadFrames(bytes.NewReader(sent.Bytes()), key) },
	}
}

// sendFrames reports on a few checks, one of which leaves goroutines behind.
func sendFrames(to io.Writer, key []byte, dump string) {
	r := wire.NewReporter(to, key)
	for i := range 20 {
		r.Send(wire.Frame{Kind: wire.Begin, Check: "TestSearch", Repetition: i})
		end := wire.Frame{Kind: wire.End, Check: "TestSearch", Repetition: i}
		if i == 19 {
			end.Known, end.Left, end.Settled = []int64{1, 2, 3}, dump, true
		}
		r.Send(end)
	}
	r.Send(wire.Frame{Kind: wire.Bye})
}

func file(tb testing.TB, name string) []byte {
	tb.Helper()
	raw, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

// archives are what the grader builds against, from the user's cache.
func archives(tb testing.TB) *build.Archives {
	tb.Helper()
	toolchain, err := build.Find(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		tb.Fatal(err)
	}
	own, err := harness.DriverSources()
	if err != nil {
		tb.Fatal(err)
	}
	a, err := build.Prepare(tb.Context(), build.Config{Toolchain: toolchain, Race: toolchain.Race, Cache: filepath.Join(cache, "manche"), Own: own})
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

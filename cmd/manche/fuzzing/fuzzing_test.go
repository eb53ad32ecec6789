package fuzzing_test

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"manche/cmd/manche/figures"
	"manche/cmd/manche/fuzzing"
	"manche/content"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errFailed = errors.New("exit status 1")

// What the go command says of a target, and what is made of it.
const (
	begun = "fuzz: elapsed: 0s, gathering baseline coverage: 0/60 completed\n" +
		"fuzz: elapsed: 0s, gathering baseline coverage: 60/60 completed, now fuzzing with 1 workers\n" +
		"fuzz: elapsed: 3s, execs: 100 (33/sec), new interesting: 1 (total: 61)\n"
	whole   = begun + "fuzz: elapsed: 1m0s, execs: 4242 (71/sec), new interesting: 7 (total: 67)\n"
	passed  = whole + "PASS\nok  \tmanche/x\t60.1s\n"
	crashed = begun + "fuzz: minimizing 44-byte failing input file\n--- FAIL: FuzzX (3.10s)\n    --- FAIL: FuzzX (0.00s)\n        x_test.go:9: boom\n    \n" +
		"    Failing input written to testdata/fuzz/FuzzX/0a1b2c\n    To re-run:\n    go test -run=FuzzX/0a1b2c\nFAIL\n"
	seed = "fuzz: elapsed: 0s, gathering baseline coverage: 0/60 completed\nfailure while testing seed corpus entry: FuzzX/seed#0\n" +
		"fuzz: elapsed: 0s, gathering baseline coverage: 0/60 completed\n--- FAIL: FuzzX (0.02s)\nFAIL\n"
	late = whole + "--- FAIL: FuzzX (60.05s)\n    context deadline exceeded\nFAIL\nexit status 1\nFAIL\tmanche/x\t60.1s\n"
)

func TestRead(t *testing.T) {
	tests := []struct {
		name, out           string
		err                 error
		inputs, found, kept int
		crash               string
		held                bool
	}{
		{"all of the time", passed, nil, 4242, 7, 67, "", true},
		{"a crash", crashed, errFailed, 100, 1, 61, "testdata/fuzz/FuzzX/0a1b2c", false},
		{"a seed that fails", seed, errFailed, 0, 0, 0, "FuzzX/seed#0", false},
		{"the deadline of package testing", late, errFailed, 4242, 7, 67, "", true},
		{"that deadline, too early", begun + "--- FAIL: FuzzX (3.05s)\n    context deadline exceeded\nFAIL\n", errFailed, 100, 1, 61, "", false},
		{"a failure that says no more", whole + "FAIL\n", errFailed, 4242, 7, 67, "", false},
		{"an end before the time", begun + "PASS\n", nil, 100, 1, 61, "", false},
		{"no input", "fuzz: elapsed: 1m0s, execs: 0 (0/sec), new interesting: 0 (total: 3)\nPASS\n", nil, 0, 0, 3, "", false},
		{"no such target", "testing: warning: no fuzz tests to fuzz\nPASS\n", nil, 0, 0, 0, "", false},
		{"does not build", "x_test.go:3: undefined: y\nFAIL\tmanche/x [build failed]\n", errFailed, 0, 0, 0, "", false},
	}
	for _, test := range tests {
		got := fuzzing.Read(fuzzing.Target{Package: "manche/x", Name: "FuzzX"}, time.Minute, []byte(test.out), test.err)
		if got.Inputs != test.inputs || got.New != test.found || got.Kept != test.kept || got.Crash != test.crash || got.Held != test.held {
			t.Errorf("%s: got %+v", test.name, got)
		}
		if kept := strings.Contains(got.Output, strings.TrimSpace(test.out)); kept == got.Held {
			t.Errorf("%s: held %t, and the output is %q", test.name, got.Held, got.Output)
		}
	}
}

// Who has lost patience is told so, and no outcome counts.
func TestRunInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	told := 0
	_, err := fuzzing.Run(ctx, []fuzzing.Target{{Package: "none", Name: "FuzzX"}}, fuzzing.Config{
		For: time.Second, AtATime: 1, Finished: func(fuzzing.Outcome) { told++ },
	})
	if !errors.Is(err, context.Canceled) || told != 0 {
		t.Errorf("got %v, told %d outcomes, want %v and none", err, told, context.Canceled)
	}
}

// The module is this one: a target of each kind of test file is among them.
func TestFind(t *testing.T) {
	t.Chdir("../../..")
	all, err := fuzzing.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[fuzzing.Target]int)
	for _, target := range all {
		found[target]++
	}
	for _, want := range []fuzzing.Target{
		{Package: "manche/grader/report", Name: "FuzzRaces"}, {Package: "manche/grader/report", Name: "FuzzFailures"},
		{Package: "manche/grader/harness/wire", Name: "FuzzReadFrames"}, {Package: "manche/grader/policy", Name: "FuzzCheck"},
	} {
		if found[want] != 1 {
			t.Errorf("%v is found %d times of %v", want, found[want], all)
		}
	}
}

func TestMarkdown(t *testing.T) {
	s := fuzzing.Setting{Seconds: 600, AtATime: 4, Setting: figures.Setting{
		Date: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC), Commit: "abc1234", Toolchain: "go1.26.8",
		Machine: figures.Machine{CPU: "Some CPU @ 2 GHz", Cores: 2, System: "linux/amd64"}, Command: "go run ./cmd/manche bench fuzz --for 10m0s --at-a-time 4",
	}}
	good := fuzzing.Outcome{Target: fuzzing.Target{Package: "manche/a", Name: "FuzzGood"}, Commit: "abc1234", Seconds: 600, Inputs: 120_050, New: 12, Kept: 80, Held: true}
	bad := fuzzing.Outcome{Target: fuzzing.Target{Package: "manche/a/b", Name: "FuzzBad"}, Crash: "testdata/fuzz/FuzzBad/0"}
	r := fuzzing.NewReport(s, []fuzzing.Outcome{good, bad})
	golden(t, "report.en.md", r.Markdown(voice(t, content.EN)))
	golden(t, "report.fr.md", r.Markdown(voice(t, content.FR)))
	if r.Held || fuzzing.NewReport(s, nil).Held || !fuzzing.NewReport(s, []fuzzing.Outcome{good}).Held {
		t.Error("held is not what it should be: all of them, and one at least")
	}
}

// What was held for as long is not run again; what was not, is.
func TestResume(t *testing.T) {
	name := filepath.Join(t.TempDir(), "kept.json")
	empty, err := fuzzing.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	targets := []fuzzing.Target{{Package: "a", Name: "FuzzHeld"}, {Package: "a", Name: "FuzzShort"}, {Package: "a", Name: "FuzzBad"}, {Package: "a", Name: "FuzzNew"}}
	if rest := empty.Rest(targets, time.Minute); len(rest) != len(targets) {
		t.Errorf("of nothing, %v are left", rest)
	}
	kept := []fuzzing.Outcome{
		{Target: targets[0], Commit: "old", Seconds: 60, Inputs: 1, Held: true}, {Target: targets[1], Seconds: 59, Held: true}, {Target: targets[2], Seconds: 60},
	}
	if err := fuzzing.NewReport(fuzzing.Setting{}, kept).Save(name); err != nil {
		t.Fatal(err)
	}
	before, err := fuzzing.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	rest := before.Rest(targets, time.Minute)
	if !slices.Equal(rest, targets[1:]) {
		t.Errorf("%v are left, want %v", rest, targets[1:])
	}
	all := before.With(targets, time.Minute, []fuzzing.Outcome{{Target: targets[1], Commit: "new", Held: true}})
	want := []fuzzing.Outcome{kept[0], {Target: targets[1], Commit: "new", Held: true}, {Target: targets[2]}, {Target: targets[3]}}
	if !slices.Equal(all, want) {
		t.Errorf("got %+v, want %+v", all, want)
	}
	if err := os.WriteFile(name, []byte("no report"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := fuzzing.Load(name); err == nil {
		t.Error("what is no report is read as one")
	}
}

func voice(t *testing.T, lang content.Lang) content.Voice {
	t.Helper()
	messages, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return messages.In(lang)
}

// golden holds text against a golden file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

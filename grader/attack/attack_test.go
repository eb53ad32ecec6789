package attack_test

import (
	"bytes"
	"context"
	"errors"
	"go/build"
	"go/constant"
	"go/importer"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"manche/exercises"
	"manche/grader"
	"manche/grader/attack"
	"manche/grader/sandbox"
)

// said is a sandbox in which every program ends like this.
type said struct {
	sandbox.Result
	err error
}

func (s said) Run(context.Context, sandbox.Program) (sandbox.Result, error) { return s.Result, s.err }

// named returns the attack with this name.
func named(t *testing.T, name string) attack.Attack {
	t.Helper()
	all := attack.Table(attack.Programs{}, attack.Host{}, nil)
	i := slices.IndexFunc(all, func(a attack.Attack) bool { return a.Name == name })
	if i < 0 {
		t.Fatalf("no attack has the name %q", name)
	}
	return all[i]
}

func TestAttackTellsWhatWasNotHeld(t *testing.T) {
	exited := func(code int, out string) sandbox.Result {
		return sandbox.Result{Stop: sandbox.Exited, ExitCode: code, Output: []byte(out)}
	}
	tests := []struct {
		name   string
		result sandbox.Result
		want   string // in the faults; empty for none
	}{
		{"host files", exited(0, "held open /etc\ndone\n"), ""},
		{"host files", exited(0, "ESCAPED open /etc/passwd\ndone\n"), "escaped open /etc/passwd"},
		{"host files", exited(0, "held open /etc\n"), `no "done\n"`},
		{"host files", exited(1, "done\n"), "exited 1, want exited 0"},
		{"children of eight at once", exited(0, "ESCAPED clone\ndone\n"), "escaped clone"},
		{"heap", sandbox.Result{Stop: sandbox.MemoryLimit, PeakMemory: 130 << 20}, ""},
		{"heap", sandbox.Result{Stop: sandbox.MemoryLimit, PeakMemory: 400 << 20}, "memory 400 MB > 192"},
		{"heap", sandbox.Result{Stop: sandbox.MemoryLimit, PeakMemory: 1 << 20}, "memory 1 MB < 128"},
	}
	for _, test := range tests {
		o, err := named(t, test.name).Run(t.Context(), said{Result: test.result}, attack.Programs{}, "mark")
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(o.Faults, "; ")
		if test.want == "" && got != "" || !strings.Contains(got, test.want) || o.Held() != (test.want == "") {
			t.Errorf("%s: faults = %q, held %v, want %q", test.name, got, o.Held(), test.want)
		}
		if !o.Held() && !bytes.Equal(o.Output, test.result.Output) {
			t.Errorf("%s: Output = %q, want all of it", test.name, o.Output)
		}
	}
	broken := errors.New("broken")
	if _, err := named(t, "heap").Run(t.Context(), said{err: broken}, attack.Programs{}, ""); !errors.Is(err, broken) {
		t.Errorf("err = %v, want the sandbox's", err)
	}
}

func TestForgeryTellsAnotherVerdict(t *testing.T) {
	catalog, _, err := exercises.Load(exercises.FS)
	if err != nil {
		t.Fatal(err)
	}
	ex, _ := catalog.Lookup(attack.Exercise)
	all, err := attack.Forgeries(ex)
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[bool]*grader.Verdict{
		true:  {Outcome: grader.Passed},
		false: {Outcome: grader.Refused, Findings: []grader.Finding{{Kind: grader.KindPolicy, Key: "policy.import"}}},
	}
	for _, f := range all {
		if f.Outcome != grader.Passed && (f.Finding == "" || f.Assess(verdicts[true]).Held()) {
			t.Errorf("%s: passed is held for %s %s", f.Name, f.Outcome, f.Finding)
		}
		want := f.Finding == "policy.import"
		if o := f.Assess(verdicts[false]); o.Held() != want {
			t.Errorf("%s: held = %v of %s, want %v for %s", f.Name, o.Held(), o.Got, want, o.Expected)
		}
	}
}

func TestWithoutRaceNothingPasses(t *testing.T) {
	all := []attack.Forgery{
		{Name: "right", Outcome: grader.Passed}, {Name: "racy", Outcome: grader.Failed, Finding: "race"}, {Name: "leaky", Outcome: grader.Failed, Finding: "leak"},
	}
	got := attack.WithoutRace(all)
	if len(got) != 2 || got[0].Outcome != grader.Unproven || got[1].Name != "leaky" || all[0].Outcome != grader.Passed {
		t.Errorf("WithoutRace = %+v, want the unproven right one and the leaky one", got)
	}
}

// The attacks have the kernel's numbers from a list of their own.
func TestNumbersAreTheKernels(t *testing.T) {
	was := build.Default
	t.Cleanup(func() { build.Default = was })
	build.Default.CgoEnabled, build.Default.GOOS = false, "linux"
	for _, arch := range []string{"amd64", "arm64"} {
		build.Default.GOARCH = arch
		sources := importer.ForCompiler(token.NewFileSet(), "source", nil)
		ours, err := sources.Import("manche/grader/attack/testdata/attacks/unix")
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := sources.Import("golang.org/x/sys/unix")
		if err != nil {
			t.Fatal(err)
		}
		if len(ours.Scope().Names()) == 0 {
			t.Error("no number is listed")
		}
		for _, name := range ours.Scope().Names() {
			got := ours.Scope().Lookup(name).(*types.Const)
			want, ok := theirs.Scope().Lookup(name).(*types.Const)
			if !ok || !constant.Compare(got.Val(), token.EQL, want.Val()) {
				t.Errorf("%s: %s = %v, want %v", arch, name, got.Val(), want)
			}
		}
	}
}

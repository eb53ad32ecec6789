package trial_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"manche/cmd/manche/figures"
	"manche/cmd/manche/trial"
	"manche/content"
	"manche/grader/attack"
	"manche/grader/sandbox"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMarkdown(t *testing.T) {
	messages, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	s := figures.Setting{
		Date: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC), Commit: "abc1234", Toolchain: "go1.26.8",
		Machine: figures.Machine{CPU: "Some CPU @ 2 GHz", Cores: 2, System: "linux/amd64"}, Command: "go run ./cmd/manche doctor --attack --random 2000 --seed 18446744073709551615",
	}
	r := &attack.Report{
		Tier: sandbox.TierB, Attacks: attack.Sum{Held: 699, Total: 700}, Forgeries: attack.Sum{Held: 1300, Total: 1300},
		Drawn: &attack.Drawn{
			Draw: attack.Draw{N: 2000, AtATime: 4, Seed: 1<<64 - 1}, Once: attack.Sum{Held: 138, Total: 138}, Resident: [2]int64{60_000_000, 81_500_000},
		},
		Before: attack.Census{Mounts: []string{"a", "b"}, Descriptors: []string{"0", "1", "2"}},
		After:  attack.Census{Mounts: []string{"a", "b"}, Descriptors: []string{"0", "1", "2"}, Processes: []string{"7"}},
	}
	r.Left = r.After.Left(r.Before)
	for _, lang := range content.Langs {
		golden(t, "drawn."+string(lang)+".md", trial.Markdown(s, r, 1000, messages.In(lang)))
	}
	if r.Held() {
		t.Error("a process is left, an attack was not held, memory has grown, and all is well")
	}
}

func TestHeldDependsOnEachPart(t *testing.T) {
	good := func() *attack.Report {
		return &attack.Report{
			Attacks: attack.Sum{Held: 1, Total: 1}, Forgeries: attack.Sum{Held: 1, Total: 1}, Faults: attack.Sum{Held: 1, Total: 1},
			Drawn: &attack.Drawn{Once: attack.Sum{Held: 1, Total: 1}, Resident: [2]int64{1, 1 + attack.MaxGrowth}},
		}
	}
	if !good().Held() {
		t.Fatal("what was held is not")
	}
	for name, spoil := range map[string]func(*attack.Report){
		"an attack":    func(r *attack.Report) { r.Attacks.Total++ },
		"a forgery":    func(r *attack.Report) { r.Forgeries.Total++ },
		"a fault":      func(r *attack.Report) { r.Faults.Total++ },
		"before":       func(r *attack.Report) { r.Drawn.Once.Total++ },
		"memory":       func(r *attack.Report) { r.Drawn.Resident[1]++ },
		"a descriptor": func(r *attack.Report) { r.Left.Descriptors = []string{"3"} },
	} {
		r := good()
		if spoil(r); r.Held() {
			t.Errorf("%s: held all the same", name)
		}
	}
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

package proof_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"manche/grader/proof"
)

var conditions = proof.Conditions{Grader: "g1", Corpus: "c1", Toolchain: "go1.26.8"}

// opened opens a journal that must open, and returns what it held.
func opened(t *testing.T, name string) (*proof.Journal, []proof.Trial) {
	t.Helper()
	j, trials, err := proof.OpenJournal(name, conditions)
	if err != nil {
		t.Fatal(err)
	}
	return j, trials
}

func closed(t *testing.T, j *proof.Journal) {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Error(err)
	}
}

func TestJournal(t *testing.T) {
	name := filepath.Join(t.TempDir(), "trials")
	first := proof.Trial{Program: "a", Series: proof.Broken, Caught: true, Placed: true, Outcome: "failed", Said: []string{"leak.send(prog.go:7)"}, Seed: 1<<64 - 1, Runs: 5, Millis: 412}
	second := proof.Trial{Program: "a", Series: proof.Plain, Millis: 1030}
	for _, want := range [][]proof.Trial{nil, {first, second}, {first, second, first, second}} {
		j, got := opened(t, name)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		if err := errors.Join(j.Add(first), j.Add(second)); err != nil {
			t.Fatal(err)
		}
		closed(t, j)
	}
}

// A process that was killed may leave half a line, which does not count.
func TestJournalAfterAKill(t *testing.T) {
	name := filepath.Join(t.TempDir(), "trials")
	j, _ := opened(t, name)
	trial := proof.Trial{Program: "a", Series: proof.Sound}
	if err := errors.Join(j.Add(trial), j.Add(trial)); err != nil {
		t.Fatal(err)
	}
	closed(t, j)
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, raw[:len(raw)-9], 0o600); err != nil {
		t.Fatal(err)
	}
	j, got := opened(t, name)
	if len(got) != 1 {
		t.Errorf("%d trials after the kill, want 1", len(got))
	}
	if err := j.Add(trial); err != nil {
		t.Fatal(err)
	}
	closed(t, j)
	if j, got = opened(t, name); len(got) != 2 {
		t.Errorf("%d trials in the end, want 2", len(got))
	}
	closed(t, j)
}

func TestJournalOfOtherConditions(t *testing.T) {
	name := filepath.Join(t.TempDir(), "trials")
	j, _ := opened(t, name)
	closed(t, j)
	for _, other := range []proof.Conditions{
		{Grader: "g2", Corpus: "c1", Toolchain: "go1.26.8"}, {Grader: "g1", Corpus: "c2", Toolchain: "go1.26.8"},
		{Grader: "g1", Corpus: "c1", Toolchain: "go1.27"}, {Grader: "g1", Corpus: "c1", Toolchain: "go1.26.8", Busy: true},
	} {
		_, _, err := proof.OpenJournal(name, other)
		stale := (*proof.StaleError)(nil)
		if !errors.As(err, &stale) || stale.Had != conditions || stale.Now != other {
			t.Errorf("opening it under %v: %v", other, err)
		}
	}
}

// What is no journal stays as it is.
func TestJournalSparesOtherFiles(t *testing.T) {
	for _, text := range []string{"# A title", "# A title\n\nno line end", "{\"name\":\"x\"}\n{\"a\":1", "[]\n"} {
		name := filepath.Join(t.TempDir(), "README.md")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := proof.OpenJournal(name, conditions); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("opening %q: %v", text, err)
		}
		if raw, err := os.ReadFile(name); err != nil || string(raw) != text {
			t.Errorf("%q became %q, %v", text, raw, err)
		}
	}
}

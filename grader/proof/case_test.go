package proof_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"manche/exercises"
	"manche/grader"
	"manche/grader/proof"
)

// The cases of an exercise are all of its known answers, and mutants of its
// reference.
func TestCases(t *testing.T) {
	catalog, _, err := exercises.Load(exercises.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, ex := range catalog.All() {
		cases, err := proof.Cases(ex)
		if err != nil {
			t.Fatal(err)
		}
		known := slices.DeleteFunc(slices.Clone(cases), func(c proof.Case) bool { return c.Mutant != nil })
		if want := 2 + len(ex.Right) + len(ex.Wrong); len(known) != want || (len(cases) > len(known)) == (ex.Kind == exercises.Test) {
			t.Errorf("%s: %d known answers of %d cases, want %d and mutants", ex.Slug, len(known), len(cases), want)
		}
		folders := make(map[string]bool)
		for _, c := range known {
			folders[c.Folder] = true
		}
		if len(folders) != len(known) {
			t.Errorf("%s: %d folders for %d known answers", ex.Slug, len(folders), len(known))
		}
	}
}

// pair is an exercise of one right line, on which two mistakes can be made.
func pair(marks ...exercises.Equivalence) *exercises.Exercise {
	src := "package pair\n\nfunc f(c chan int) {\n\tclose(c)\n\tgo f(c)\n}\n"
	return &exercises.Exercise{Slug: "pair", Reference: exercises.Files{"pair.go": []byte(src)}, Equivalent: marks}
}

func TestMutants(t *testing.T) {
	ex := pair(
		exercises.Equivalence{Mutant: "drop-go", File: "pair.go", Line: 5, Reason: "for the test"},
		exercises.Equivalence{Mutant: "drop-go", File: "pair.go", Line: 4, Reason: "there is none", Declared: 30},
	)
	cases, err := proof.Cases(ex)
	if err != nil {
		t.Fatal(err)
	}
	passes := make(map[string]bool)
	for _, c := range cases {
		if c.Mutant != nil {
			passes[c.Mutant.ID()] = c.Pass
		}
	}
	if want := map[string]bool{"pair.go:4:drop-close": false, "pair.go:5:drop-go": true}; !maps.Equal(passes, want) {
		t.Errorf("mutants that must pass: %v, want %v", passes, want)
	}
	stale := proof.Stale(ex, cases)
	if len(stale) != 1 || stale[0].Key != "proof.equivalent_unknown" || stale[0].Line != 30 || stale[0].Params["place"] != "pair.go:4" || ex.Equivalent[1].Reason == "" {
		t.Errorf("marks of no mutant: %+v", stale)
	}
}

func TestMutantsAreCounted(t *testing.T) {
	stillborn, survivor, caught := mutant(false), mutant(false), mutant(false)
	stillborn.Answer, survivor.Answer, caught.Answer = answer("stillborn"), answer("survivor"), answer("caught")
	j := newJudge(script{
		"stillborn": {verdict(grader.Refused)}, "survivor": {verdict(grader.Failed), verdict(grader.Passed)},
		"caught": {verdict(grader.Failed)}, "mutant": {verdict(grader.Passed)},
	})
	r, err := proof.Run(t.Context(), proof.Plan{Judge: j, Effort: effort(2)}, []proof.Case{stillborn, survivor, caught, mutant(true)})
	if err != nil {
		t.Fatal(err)
	}
	if want := (proof.Mutants{Made: 3, Caught: 1, Marked: 1}); r.Mutants != want {
		t.Errorf("mutants are %+v, want %+v", r.Mutants, want)
	}
	if len(r.Defects) != 1 || r.Defects[0].Key != "proof.mutant_survives" || r.Defects[0].Line != 7 || r.Defects[0].Params["n"] != "1" {
		t.Errorf("defects are %+v", r.Defects)
	}
	if j.asked["stillborn"] != 1 {
		t.Errorf("a mutant that does not compile was judged %d times", j.asked["stillborn"])
	}
}

// Of a mutant it is asked whether it is caught; what an author wrote has to get all
// that was declared.
func TestOnlyMutantsAreJudgedInBrief(t *testing.T) {
	marked := mutant(true)
	marked.Answer = answer("marked")
	j := newJudge(script{
		"mutant": {verdict(grader.Failed)}, "marked": {verdict(grader.Passed)}, "right": {verdict(grader.Passed)}, "wrong": {verdict(grader.Failed, found(grader.KindLeak, 0))},
	})
	cases := []proof.Case{mutant(false), marked, right(), wrong([]string{"leak"}, nil, 0)}
	if _, err := proof.Run(t.Context(), proof.Plan{Judge: j, Effort: effort(1)}, cases); err != nil {
		t.Fatal(err)
	}
	if want := map[string]bool{"mutant": true, "marked": false, "right": false, "wrong": false}; !maps.Equal(j.brief, want) {
		t.Errorf("judged in brief: %v, want %v", j.brief, want)
	}
}

// A right answer is judged until the checks have run often enough.
func TestRunsAreCounted(t *testing.T) {
	v := verdict(grader.Passed)
	v.Runs.Count = 7
	j := newJudge(script{"right": {v}})
	r, err := proof.Run(t.Context(), proof.Plan{Judge: j, Effort: proof.Effort{Runs: 20}}, []proof.Case{right()})
	if err != nil || r.Verdicts != 3 || r.Runs != 21 {
		t.Errorf("got %+v, %v, want 3 verdicts with 21 runs", r, err)
	}
}

func TestMemory(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "old")
	if err := os.WriteFile(old, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	past := time.Now().Add(-100 * 24 * time.Hour)
	if err := os.Chtimes(old, past, past); err != nil {
		t.Fatal(err)
	}
	j := newJudge(script{"right": {verdict(grader.Failed)}})
	again := false
	run := func(judged string, effort proof.Effort, c proof.Case) *proof.Result {
		t.Helper()
		m, err := proof.Remember(dir, judged)
		if err != nil {
			t.Fatal(err)
		}
		r, err := proof.Run(t.Context(), proof.Plan{Judge: j, Effort: effort, Memory: m, Again: again}, []proof.Case{c})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Defects) != 1 {
			t.Errorf("%d defects, want 1", len(r.Defects))
		}
		return r
	}
	other := right()
	other.Exercise = &exercises.Exercise{Slug: "ex", Checks: exercises.Files{"x_test.go": nil}}
	for i, step := range []struct {
		judged   string
		effort   proof.Effort
		c        proof.Case
		recalled int
	}{
		{"go1", effort(2), right(), 0}, {"go1", effort(2), right(), 1}, {"go2", effort(2), right(), 0},
		{"go1", effort(3), right(), 0}, {"go1", effort(2), other, 0}, {"go1", effort(2), right(), 1},
	} {
		if r := run(step.judged, step.effort, step.c); r.Recalled != step.recalled {
			t.Errorf("step %d: %d recalled, want %d", i, r.Recalled, step.recalled)
		}
	}
	if again = true; run("go1", effort(2), right()).Recalled != 0 {
		t.Error("what was to be proven again was recalled")
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("what is old is still there")
	}
}

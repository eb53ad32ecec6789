package grader_test

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"testing"

	"manche/exercises"
	"manche/grader"
	"manche/grader/sandbox"
)

// answers are all known answers to the exercise, with what each must get.
func answers(ex *exercises.Exercise) map[string]exercises.Variant {
	all := map[string]exercises.Variant{"starter": ex.Starter, "reference": {Name: "reference", Files: ex.Reference}}
	for _, v := range ex.Right {
		all["right/"+v.Name] = v
	}
	for _, v := range ex.Wrong {
		all["wrong/"+v.Name] = v
	}
	return all
}

func TestKnownAnswers(t *testing.T) {
	ex := exercise(t)
	for name, answer := range answers(ex) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := judge(t, grader.Submission{Exercise: ex.Slug, Files: answer.Files})
			if len(answer.Expect) == 0 {
				if v.Outcome != grader.Passed {
					t.Errorf("got %s, want passed", describe(v))
				}
				return
			}
			if v.Outcome != grader.Failed || len(v.Findings) == 0 {
				t.Fatalf("got %s, want failed", describe(v))
			}
			for _, kind := range answer.Expect {
				if !slices.ContainsFunc(v.Findings, func(f grader.Finding) bool { return string(f.Kind) == kind }) {
					t.Errorf("got %s, want a finding of kind %s", describe(v), kind)
				}
			}
			first := v.Findings[0]
			if string(first.Kind) != answer.Expect[0] || answer.Line > 0 && (first.Line != answer.Line || first.File != answer.File) {
				t.Errorf("first comes %s at %s:%d, want %s at %s:%d", first.Key, first.File, first.Line, answer.Expect[0], answer.File, answer.Line)
			}
		})
	}
}

// In a bubble, a goroutine that is left in a function of the check waits for the
// clock, not for the learner's channels.
func TestLeftInAFunctionOfTheCheck(t *testing.T) {
	ex, ok := theBench(t).config.Catalog.Lookup("take-some")
	if !ok {
		t.Fatal("the course has no take-some")
	}
	v := judge(t, grader.Submission{Exercise: ex.Slug, Files: answers(ex)["wrong/drain-in-the-background"].Files})
	if slices.ContainsFunc(v.Findings, func(f grader.Finding) bool { return f.Key == "leak.receive" }) {
		t.Errorf("got %s, want nothing said of a receive that the answer does not have", describe(v))
	}
}

// What a verdict on the starter says, in full.
func TestVerdictOnALeak(t *testing.T) {
	ex, b := exercise(t), theBench(t)
	v := judge(t, grader.Submission{Exercise: ex.Slug, Files: ex.Starter.Files, Seed: 42})
	if v.Version != grader.Version || v.Exercise != ex.Slug || v.Runs.Seed != 42 || v.Runs.Count < 1 {
		t.Errorf("got version %d, exercise %s, runs %+v", v.Version, v.Exercise, v.Runs)
	}
	want := grader.Receipt{
		Toolchain: b.config.Toolchain.Version, Exercise: ex.Revision, Grader: grader.Revision(),
		Sandbox: string(b.sandbox.Tier()), Lacks: append([]string{}, b.sandbox.Lacks()...),
	}
	if b.sandbox.Tier() == sandbox.TierA {
		want.Lacks = []string{} // whatever the sandbox says
	}
	if !reflect.DeepEqual(v.Receipt, want) {
		t.Errorf("got receipt %+v, want %+v", v.Receipt, want)
	}
	if len(v.Checks) != len(ex.CheckList) {
		t.Fatalf("got %d checks, want %d", len(v.Checks), len(ex.CheckList))
	}
	for i, c := range v.Checks {
		failed := c.FailedRuns > 0
		if c.Name != ex.CheckList[i] || c.Runs < 1 || (c.Outcome == grader.Failed) != failed || c.FailedRuns > c.Runs {
			t.Errorf("got check %+v, want %s", c, ex.CheckList[i])
		}
	}
	f := v.Findings[0]
	if f.Key != "leak.send_left" || f.Line != 16 || f.Column != 3 || f.Params["line"] != "16" || f.Params["partners"] != "19" || len(f.Goroutines) == 0 {
		t.Fatalf("got finding %+v", f)
	}
	if g := f.Goroutines[0]; g.Does != "send" || g.On != "answer" || g.Function != "search.Search.func1" || g.At.Line != 16 || g.Created.Line != 15 || g.Runs != "lookup" {
		t.Errorf("got goroutine %+v", g)
	}
	for _, stage := range []string{"check", "compile", "link", "run"} {
		if v.TimingsMS[stage] <= 0 {
			t.Errorf("stage %s took %v ms", stage, v.TimingsMS[stage])
		}
	}
	states := map[grader.Axis]grader.State{
		grader.Builds: grader.AxisPassed, grader.RaceFree: grader.AxisPassed, grader.LeakFree: grader.AxisFailed,
		grader.Terminates: grader.AxisPassed, grader.Concurrent: grader.AxisNotChecked,
	}
	for axis, state := range states {
		if v.Axes[axis].State != state {
			t.Errorf("axis %s stands at %s, want %s", axis, v.Axes[axis].State, state)
		}
	}
}

// Two verdicts on one submission agree in what must be equal everywhere.
func TestCanonicalIsRepeatable(t *testing.T) {
	ex := exercise(t)
	for name, answer := range map[string]exercises.Variant{"starter": ex.Starter, "reference": {Files: ex.Reference}} {
		sub := grader.Submission{Exercise: ex.Slug, Files: answer.Files, Seed: 7}
		one, two := judge(t, sub), judge(t, sub)
		if !bytes.Equal(one.Canonical(), two.Canonical()) {
			t.Errorf("%s:\n%s\n%s", name, one.Canonical(), two.Canonical())
		}
	}
	starter := judge(t, grader.Submission{Exercise: ex.Slug, Files: ex.Starter.Files})
	reference := judge(t, grader.Submission{Exercise: ex.Slug, Files: ex.Reference})
	if bytes.Equal(starter.Canonical(), reference.Canonical()) {
		t.Error("the starter and the reference have one canonical verdict")
	}
	if starter.Runs.Seed == 0 || starter.Runs.Seed == reference.Runs.Seed {
		t.Errorf("drawn seeds are %d and %d, want two different ones", starter.Runs.Seed, reference.Runs.Seed)
	}
}

// Where every axis stands when nothing ran, or not all.
func TestAxes(t *testing.T) {
	ex := exercise(t)
	sound := string(ex.Reference["search.go"])
	tests := []struct {
		name, src string
		outcome   grader.Outcome
		key       string
		builds    grader.State
		reason    string // of the axes that were not checked
	}{
		{"refused", "package search\n\nimport \"os\"\n\nvar _ = os.Args\n", grader.Refused, "policy.import", grader.AxisNotChecked, "refused"},
		{"syntax", "package search\n\nfunc\n", grader.Refused, "build.syntax", grader.AxisFailed, "not_built"},
		{"types", sound + "\nvar x int = \"\"\n", grader.Refused, "build.types", grader.AxisFailed, "not_built"},
		{"another signature", "package search\n\nfunc Search() {}\n", grader.Refused, "build.contract", grader.AxisFailed, "not_built"},
		{"bomb", sound + "\nvar X = [1 << 33]int{1<<33 - 1: 1}\n", grader.Refused, "build.limit", grader.AxisFailed, "not_built"},
		{"dies before the checks", sound + "\nfunc init() { panic(\"early\") }\n", grader.Failed, "panic.other", grader.AxisPassed, "unfinished"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := judge(t, grader.Submission{Exercise: ex.Slug, Files: map[string][]byte{"search.go": []byte(tt.src)}})
			if v.Outcome != tt.outcome || len(v.Findings) == 0 || v.Findings[0].Key != tt.key || v.Axes[grader.Builds].State != tt.builds {
				t.Errorf("got %s, builds %+v, want %s %s, builds %s", describe(v), v.Axes[grader.Builds], tt.outcome, tt.key, tt.builds)
			}
			for _, axis := range []grader.Axis{grader.RaceFree, grader.LeakFree, grader.Terminates} {
				if s := v.Axes[axis]; s.State != grader.AxisNotChecked || s.Reason != tt.reason {
					t.Errorf("axis %s stands at %+v, want not checked, %s", axis, s, tt.reason)
				}
			}
			if s := v.Axes[grader.Concurrent]; s.Reason != "not_asked" {
				t.Errorf("axis concurrent stands at %+v, want not asked", s)
			}
		})
	}
}

// A package of one's own, with checks that do what checks can do.
func TestOwnTests(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"passes", "", "passed"},
		{"fails", "t.Error(Answer())", "failed test.check"},
		{"fails silently", "t.Fail()", "failed test.silent"},
		{"panics", "panic(t.Name())", "failed panic.other"},
		{"closes twice", "c := make(chan int); close(c); close(c)", "failed panic.close_closed"},
		{"goexit", "runtime.Goexit()", "failed test.goexit"},
		{"leaks", "go func() { <-make(chan int) }()", "failed leak.receive"},
		{"deadlock", "<-make(chan int)", "failed deadlock.receive"},
		{"skips", `t.Skip("not here")`, "passed"},
		{"logs", `t.Log("all is well")`, "passed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := judge(t, grader.Submission{
				Exercise: "answer", Files: map[string][]byte{"answer.go": []byte("package answer\n\nfunc Answer() int { return 42 }\n")},
				Tests: map[string][]byte{"answer_test.go": []byte("package answer\n\nimport (\n\t\"runtime\"\n\t\"testing\"\n)\n\n" +
					"var _ = runtime.GC\n\nfunc TestAnswer(t *testing.T) {\n\t" + tt.body + "\n}\n")},
			})
			if got := describe(v); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if len(v.Findings) > 0 && v.Findings[0].Kind != grader.KindTest && v.Findings[0].Line != 11 {
				t.Errorf("the finding stands on %s:%d, want answer_test.go:11", v.Findings[0].File, v.Findings[0].Line)
			}
		})
	}
}

func TestUnknownExercise(t *testing.T) {
	v, err := theBench(t).Judge(t.Context(), grader.Submission{Exercise: "none"})
	if !errors.Is(err, grader.ErrUnknownExercise) || v != nil {
		t.Errorf("got %v, %v, want %v", v, err, grader.ErrUnknownExercise)
	}
}

// Without the race detector nothing is said about races, and so nothing passes.
func TestWithoutRaceDetector(t *testing.T) {
	ex, b := exercise(t), theBench(t)
	c := b.config
	c.Toolchain.Race = false
	g, err := grader.New(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		files exercises.Files
		want  grader.Outcome
	}{"reference": {ex.Reference, grader.Unproven}, "starter": {ex.Starter.Files, grader.Failed}} {
		v, err := g.Judge(t.Context(), grader.Submission{Exercise: ex.Slug, Files: tt.files})
		if err != nil {
			t.Fatal(err)
		}
		b.hold(t, v)
		if s := v.Axes[grader.RaceFree]; v.Outcome != tt.want || s.State != grader.AxisNotChecked || s.Reason != "no_race_detector" {
			t.Errorf("%s: got %s, race_free %+v, want %s, not checked", name, describe(v), s, tt.want)
		}
	}
}

// Who asks only whether anything is wrong is told as soon as something is.
func TestBrief(t *testing.T) {
	ex := exercise(t)
	src := bytes.Replace(ex.Reference["search.go"], []byte("answer := make"), []byte("for limit != 0 {\n\t\ttime.Now()\n\t}\n\tanswer := make"), 1)
	for _, brief := range []bool{true, false} {
		v := judge(t, grader.Submission{Exercise: ex.Slug, Files: map[string][]byte{"search.go": src}, Brief: brief})
		failed := 0
		for _, c := range v.Checks {
			failed += min(c.FailedRuns, 1)
		}
		if v.Outcome != grader.Failed || brief != (failed == 1) {
			t.Errorf("brief %v: %s, %d checks failed", brief, describe(v), failed)
		}
	}
	if v := judge(t, grader.Submission{Exercise: ex.Slug, Files: ex.Reference, Brief: true}); v.Outcome != grader.Passed {
		t.Errorf("the reference: %s", describe(v))
	}
}

package grader_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"manche/exercises"
	"manche/grader"
	"manche/grader/harness"
	"manche/grader/harness/wire"
	"manche/grader/sandbox"
)

// testExercise is the exercise that asks for a test.
func testExercise(tb testing.TB) *exercises.Exercise {
	tb.Helper()
	ex, ok := theBench(tb).config.Catalog.Lookup("write-the-leak-test")
	if !ok {
		tb.Fatal("the course has no write-the-leak-test")
	}
	return ex
}

// testRun is a process of one test function, which ended, or got stuck, so.
func testRun(f wire.Frame) harness.Run {
	f.Check = "TestRead"
	stuck := f.Kind == wire.Stuck
	return harness.Run{Attempts: []harness.Attempt{{Frame: f, Ended: !stuck, Stuck: stuck}}, Complete: !stuck}
}

// asItShould is what a right test gives: it passes on what is sound, and fails on
// what is broken, each time.
func asItShould(ex *exercises.Exercise) map[string][]harness.Run {
	runs := make(map[string][]harness.Run)
	for _, impl := range ex.Implementations {
		for range grader.Rounds {
			runs[impl.Name] = append(runs[impl.Name], testRun(wire.Frame{Failed: !impl.Sound}))
		}
	}
	return runs
}

// assessTest is the verdict on a test that does as it should, except for this.
func assessTest(t *testing.T, except map[string][]harness.Run) *grader.Verdict {
	t.Helper()
	runs := asItShould(testExercise(t))
	maps.Copy(runs, except)
	return theBench(t).AssessTest(testExercise(t), sandbox.Result{Stop: sandbox.Exited}, time.Millisecond, runs)
}

// A test has passed only where all was seen: law 2, in both directions.
func TestVerdictOnATestFailsClosed(t *testing.T) {
	tampered, unfinished := testRun(wire.Frame{}), testRun(wire.Frame{})
	tampered.Tampered, tampered.Complete, unfinished.Complete = true, false, false
	tamperedFailure := tampered
	tamperedFailure.Attempts = testRun(wire.Frame{Failed: true}).Attempts
	tests := []struct {
		name   string
		except map[string][]harness.Run
		want   string // outcome and keys
	}{
		{"all as it should be", nil, "passed"},
		{"one that was not tried", map[string][]harness.Run{"unguarded-send": nil}, "unproven"},
		{"one that was not tried often enough", map[string][]harness.Run{"example": {testRun(wire.Frame{})}}, "unproven"},
		{"broken, and passes once", map[string][]harness.Run{"unguarded-send": {testRun(wire.Frame{})}}, "failed test.blind"},
		{"broken, and skips", map[string][]harness.Run{"unguarded-send": {testRun(wire.Frame{Skipped: true})}}, "failed test.blind"},
		{"broken, and ends the process", map[string][]harness.Run{"unguarded-send": {unfinished}}, "failed panic.exit"},
		{"broken, and says nothing", map[string][]harness.Run{"unguarded-send": {{}}}, "failed panic.exit"},
		{"broken, and forges a failure", map[string][]harness.Run{"unguarded-send": {tamperedFailure}}, "failed panic.tampered"},
		{"broken, and never ends", map[string][]harness.Run{"unguarded-send": {testRun(wire.Frame{Kind: wire.Stuck})}}, "failed timeout.broken"},
		{"sound, and fails", map[string][]harness.Run{"example": {testRun(wire.Frame{Failed: true})}}, "failed test.accuses_silent"},
		{"sound, and skips", map[string][]harness.Run{"example": {testRun(wire.Frame{Skipped: true})}}, "failed test.accuses_silent"},
		{"sound, and leaves something", map[string][]harness.Run{"example": {testRun(wire.Frame{Left: "goroutine 9 [select (leaked)]:\nmain.Read()\n\tlines.go:1 +0x1\n"})}}, "failed leak.test"},
		{"sound, and ends the process", map[string][]harness.Run{"example": {unfinished}}, "failed panic.exit"},
		{"sound, and forges a success", map[string][]harness.Run{"example": {tampered}}, "failed panic.tampered"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := assessTest(t, tt.except)
			theBench(t).hold(t, v)
			if got := describe(v); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestKnownTests(t *testing.T) {
	ex := testExercise(t)
	for name, answer := range answers(ex) {
		t.Run(name, func(t *testing.T) {
			v := judge(t, grader.Submission{Exercise: ex.Slug, Files: answer.Files})
			if passed := v.Outcome == grader.Passed; passed != (len(answer.Expect) == 0) {
				t.Fatalf("got %s, want %q", describe(v), answer.Expect)
			}
			if len(answer.Expect) > 0 && string(v.Findings[0].Kind) != answer.Expect[0] {
				t.Errorf("got %s, want %s first", describe(v), answer.Expect[0])
			}
			if v.Outcome != grader.Refused && len(v.Checks) != len(ex.Implementations) {
				t.Errorf("%d checks for %d implementations", len(v.Checks), len(ex.Implementations))
			}
		})
	}
}

// Nothing but what an implementation does tells it from the others: these try
// all else, and none of them passes.
func TestATestCannotKnowWhichImplementationItMeets(t *testing.T) {
	ex := testExercise(t)
	const head = "package lines\n\nimport (\n\t\"testing\"\n\t%s\n)\n\n"
	tests := []struct{ name, imports, code string }{
		{"a coin", "\"math/rand/v2\"", "func TestRead(t *testing.T) {\n\tif rand.IntN(2) == 0 {\n\t\tt.Error(\"tails\")\n\t}\n}\n"},
		{"a count of its runs", "", "var runs int\n\nfunc TestRead(t *testing.T) {\n\tif runs++; runs > 4 {\n\t\tt.Error(\"one of the last\")\n\t}\n}\n"},
		{"a count in all copies", "\"runtime\"", "var place = runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)\n\nfunc TestRead(t *testing.T) {\n\tif place >= 5 {\n\t\tt.Error(\"one of the last\")\n\t}\n}\n"},
		{"its own name", "", "func TestRead(t *testing.T) {\n\tif t.Name() > \"driver/TestRead_i\" {\n\t\tt.Error(\"a name\")\n\t}\n}\n"},
		{"the clock", "\"time\"", "func TestRead(t *testing.T) {\n\tif time.Now().UnixNano()/1000%2 == 0 {\n\t\tt.Error(\"an even moment\")\n\t}\n}\n"},
		{"an unexported function", "", "func TestRead(t *testing.T) {\n\tif closed(nil) {\n\t\tt.Error(\"it is there\")\n\t}\n}\n"},
		{"a panic", "", "func TestRead(*testing.T) { panic(\"always\") }\n"},
		{"text for the grader", "", "func TestRead(t *testing.T) { println(\"--- FAIL: TestRead\\nFAIL\\npanic: x\\n\\ngoroutine 1 [running]:\\n\") }\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := strings.Replace(head, "%s", tt.imports, 1) + tt.code
			for seed := range uint64(3) {
				v := judge(t, grader.Submission{Exercise: ex.Slug, Seed: seed + 1, Files: map[string][]byte{"lines_test.go": []byte(src)}})
				if v.Outcome != grader.Failed && v.Outcome != grader.Refused {
					t.Errorf("seed %d: got %s", seed+1, describe(v))
				}
			}
		})
	}
}

// A name that was drawn once for an implementation would be a coin that falls the
// same way in all of its tries: one such test of 32 would pass.
func TestATestIsCalledOtherwiseInEachTry(t *testing.T) {
	ex := testExercise(t)
	names, err := theBench(t).NamesInTries(ex, ex.Reference)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	const functions = 2 // of the reference
	want := functions * grader.Rounds * len(ex.Implementations)
	if each := slices.Compact(slices.Clone(names)); len(each) != want || len(names) != want {
		t.Errorf("%d functions in the tries have %d names, want %d of both", len(names), len(each), want)
	}
}

// A race in the test itself is one, on the test's own lines.
func TestARaceInATest(t *testing.T) {
	src := "package lines\n\nimport \"testing\"\n\nfunc TestRead(t *testing.T) {\n\tlines, stop := Read(\"one\\ntwo\\n\")\n\tn, done := 0, make(chan struct{})\n\tgo func() {\n\t\tdefer close(done)\n\t\tn++\n\t}()\n\tn++\n\t<-done\n\t<-lines\n\tstop()\n}\n"
	v := judge(t, grader.Submission{Exercise: testExercise(t).Slug, Files: map[string][]byte{"lines_test.go": []byte(src)}})
	if i := slices.IndexFunc(v.Findings, func(f grader.Finding) bool { return f.Kind == grader.KindRace }); i < 0 || v.Findings[i].File != "lines_test.go" {
		t.Errorf("got %s, want a race in lines_test.go", describe(v))
	}
	if v.Axes[grader.RaceFree].State != grader.AxisFailed {
		t.Errorf("race_free stands at %s", v.Axes[grader.RaceFree].State)
	}
}

// What is kept for the next verdict is what was built, and not what was seen.
func TestKeptTest(t *testing.T) {
	ex, b := testExercise(t), theBench(t)
	for i, keep := range []bool{true, false} {
		v, err := b.Judge(t.Context(), grader.Submission{Exercise: ex.Slug, Files: ex.Reference, Keep: keep})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range v.Checks {
			if v.Outcome != grader.Passed || c.Runs != grader.Rounds {
				t.Errorf("verdict %d: %s, %s ran %d times, want passed after %d", i, v.Outcome, c.Name, c.Runs, grader.Rounds)
			}
		}
	}
}

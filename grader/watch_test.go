package grader_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"manche/exercises"
	"manche/grader"
)

// A judgement whose context ends, ends: with the context's error, at once, and
// with nothing left running.
func TestCancelled(t *testing.T) {
	ex, b := exercise(t), theBench(t)
	// The first call shows something wrong, and tells so that the program runs; no
	// other ends.
	endless := strings.NewReplacer(
		"import (\n", "import (\n\t\"sync/atomic\"\n",
		"answer := make", "if calls.Add(1) == 1 {\n\t\treturn -1, nil\n\t}\n\tfor {\n\t}\n\tanswer := make",
	).Replace(string(ex.Reference["search.go"])) + "\nvar calls atomic.Int32\n"
	files := map[string][]byte{"search.go": []byte(endless)}
	for _, stage := range []grader.Stage{grader.StageChecking, grader.StageBuilding, grader.StageRunning} {
		best := time.Hour
		for tries := 5; tries > 0 && best > promptly; tries-- { // a busy machine makes everything slow
			best = min(best, cancelIn(t, b, stage, grader.Submission{Exercise: ex.Slug, Files: files}))
		}
		if best > promptly {
			t.Errorf("cancelled in %s: it took %v more at best", stage, best)
		}
	}
}

// promptly is less than what the program has left of its time when it is cancelled.
const promptly = time.Second

// patience bounds what a busy machine may take; nothing is measured by it.
const patience = time.Minute

// cancelIn cancels the judgement of a program that never ends in a stage of it, and
// returns how long its end took.
func cancelIn(t *testing.T, b *bench, stage grader.Stage, s grader.Submission) time.Duration {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var asked time.Time
	v, err := b.Watch(ctx, s, func(p grader.Progress) {
		inTheMiddle := p.Finding != nil || stage != grader.StageRunning
		if p.Stage == stage && inTheMiddle && asked.IsZero() {
			asked = time.Now()
			cancel()
		}
	})
	if asked.IsZero() {
		t.Fatalf("never cancelled in %s: got %v, %v", stage, v, err)
	}
	took := time.Since(asked)
	if !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("cancelled in %s: got %v, %v, want %v", stage, v, err, context.Canceled)
	}
	for gone := time.Now().Add(patience); len(children(t)) > 0; runtime.Gosched() { // one may just be ending
		if time.Now().After(gone) {
			t.Errorf("cancelled in %s: processes left: %v", stage, children(t))
			break
		}
	}
	return took
}

// The stages come in their order, and end where the submission does.
func TestWatch(t *testing.T) {
	ex, b := exercise(t), theBench(t)
	for name, tt := range map[string]struct {
		src  []byte
		want []grader.Stage
	}{
		"passes":  {ex.Reference["search.go"], []grader.Stage{grader.StageChecking, grader.StageBuilding, grader.StageRunning, grader.StageRepeating}},
		"fails":   {ex.Starter.Files["search.go"], []grader.Stage{grader.StageChecking, grader.StageBuilding, grader.StageRunning}},
		"refused": {[]byte("package x\n"), []grader.Stage{grader.StageChecking}},
	} {
		var got []grader.Stage
		_, err := b.Watch(t.Context(), grader.Submission{Exercise: ex.Slug, Files: map[string][]byte{"search.go": tt.src}}, func(p grader.Progress) {
			if p.Finding == nil {
				got = append(got, p.Stage)
			}
		})
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, %v, want %v", name, got, err, tt.want)
		}
	}
}

// What the first repetition shows is told while the program still runs, and is
// what the verdict says.
func TestFirstFinding(t *testing.T) {
	ex, b := exercise(t), theBench(t)
	var told []grader.Finding
	v, err := b.Watch(t.Context(), grader.Submission{Exercise: ex.Slug, Files: ex.Starter.Files}, func(p grader.Progress) {
		if p.Finding != nil && p.Stage == grader.StageRunning {
			told = append(told, *p.Finding)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(told) == 0 {
		t.Fatal("no finding was told before the verdict")
	}
	if got, want := told[0], v.Findings[0]; got.Key != want.Key || got.Place != want.Place || got.Check != want.Check {
		t.Errorf("told first: %s at %v in %s, want %s at %v in %s", got.Key, got.Place, got.Check, want.Key, want.Place, want.Check)
	}
}

// After a check that ended the process, nobody says that nothing was wrong so far;
// what the others show is still told.
func TestStagesAfterADeath(t *testing.T) {
	for _, last := range []string{"bad", ""} {
		tests := "package prog\n\nimport \"testing\"\n\nfunc TestA(*testing.T) {}\n\nfunc TestDies(*testing.T) { Die() }\n\n" +
			"func TestLast(t *testing.T) {\n\tif bad := \"" + last + "\"; bad != \"\" {\n\t\tt.Error(bad)\n\t}\n}\n"
		sub := grader.Submission{
			Exercise: "prog", Tests: map[string][]byte{"prog_test.go": []byte(tests)},
			Files: map[string][]byte{"prog.go": []byte("package prog\n\nfunc Die() { go func() { panic(1) }(); <-make(chan int) }\n")},
		}
		told := ""
		_, err := theBench(t).Watch(t.Context(), sub, func(p grader.Progress) {
			switch {
			case p.Stage == grader.StageRepeating:
				t.Errorf("%q at last: told that it repeats", last)
			case p.Finding != nil && p.Stage == grader.StageRunning:
				told += p.Finding.Params["message"]
			}
		})
		if err != nil || told != last {
			t.Errorf("told %q, %v, want %q", told, err, last)
		}
	}
}

// Who hears of a remark, and who has a verdict, may do with it as he likes: the
// verdicts that follow on what was kept say the same.
func TestRemarksBelongToTheReceiver(t *testing.T) {
	src, err := os.ReadFile("testdata/findings/vet.copylocks/prog.go")
	if err != nil {
		t.Fatal(err)
	}
	tests, err := os.ReadFile("testdata/findings/vet.copylocks/prog_test.go")
	if err != nil {
		t.Fatal(err)
	}
	sub := grader.Submission{Exercise: "prog", Files: map[string][]byte{"prog.go": src}, Tests: map[string][]byte{"prog_test.go": tests}}
	for i := range 2 {
		heard := false
		sub.Keep = i == 0
		v, err := theBench(t).Watch(t.Context(), sub, func(p grader.Progress) {
			if p.Finding != nil && p.Finding.Kind == grader.KindVet {
				heard = true
				p.Finding.Params["line"] = "told"
			}
		})
		if err != nil || !heard || len(v.Findings) == 0 {
			t.Fatalf("judgement %d: %v, heard %v", i, err, heard)
		}
		if got, want := v.Findings[0].Params["line"], strconv.Itoa(v.Findings[0].Line); got != want {
			t.Errorf("judgement %d: got line %s, want %s", i, got, want)
		}
		v.Findings[0].Params["line"] = "judged"
	}
}

// A submission that was built ahead gets the same verdict, and is not built again.
func TestAnticipated(t *testing.T) {
	ex, b := exercise(t), theBench(t)
	for name, files := range map[string]exercises.Files{"passes": ex.Reference, "fails": ex.Starter.Files, "refused": {"search.go": []byte("package x\n")}} {
		sub := grader.Submission{Exercise: ex.Slug, Files: files, Seed: 1}
		want := judge(t, sub)
		b.Anticipate(t.Context(), sub)
		var stages []grader.Stage
		got, err := b.Watch(t.Context(), sub, func(p grader.Progress) { stages = append(stages, p.Stage) })
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Canonical(), want.Canonical()) {
			t.Errorf("%s: built ahead: %s, want %s", name, got.Canonical(), want.Canonical())
		}
		if slices.Contains(stages, grader.StageBuilding) {
			t.Errorf("%s: it was built again: %v", name, stages)
		}
	}
}

// What is kept is built once, judged under other conditions, and given back by
// the last judgement.
func TestKept(t *testing.T) {
	ex, b := exercise(t), theBench(t)
	files := exercises.Files{"search.go": append(bytes.Clone(ex.Reference["search.go"]), "\n// kept\n"...)}
	for i, step := range []struct {
		keep  bool
		built bool
	}{{true, true}, {true, false}, {false, false}, {false, true}} {
		built := false
		v, err := b.Watch(t.Context(), grader.Submission{Exercise: ex.Slug, Files: files, Processors: 1 + i, Keep: step.keep},
			func(p grader.Progress) { built = built || p.Stage == grader.StageBuilding })
		if err != nil {
			t.Fatal(err)
		}
		_, compiled := v.TimingsMS["compile"]
		if built != step.built || compiled != step.built || v.Outcome != grader.Passed || !slices.Equal(v.Runs.GOMAXPROCS, []int{1 + i}) {
			t.Errorf("judgement %d: built %v, compiled %v, %s at GOMAXPROCS %v; want built %v, passed", i, built, compiled, v.Outcome, v.Runs.GOMAXPROCS, step.built)
		}
	}
}

// What is built ahead has the lowest priority: whoever waits does not wait for it.
func TestAnticipatedTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if !grader.TakeUnfinished(t.Context()) {
			t.Error("got what was never built")
		}
	})
}

// A file among the tests is not the same as one of the code.
func TestRevisionOfGroups(t *testing.T) {
	a, b := map[string][]byte{"a.go": nil}, map[string][]byte{"b_test.go": nil}
	if both := (map[string][]byte{"a.go": nil, "b_test.go": nil}); grader.RevisionOf(a, b) == grader.RevisionOf(both, nil) {
		t.Error("a file that stands in another group makes no difference")
	}
}

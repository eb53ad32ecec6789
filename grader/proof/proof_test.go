package proof_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"manche/content"
	"manche/grader"
	"manche/grader/proof"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestObjections(t *testing.T) {
	leak, race, test := found(grader.KindLeak, 16), found(grader.KindRace, 20), found(grader.KindTest, 0)
	failed := func(f ...grader.Finding) *grader.Verdict { return verdict(grader.Failed, f...) }
	tests := []struct {
		name     string
		c        proof.Case
		verdicts []*grader.Verdict
		want     []string
	}{
		{"a right answer passes", right(), []*grader.Verdict{verdict(grader.Passed)}, nil},
		{"a right answer fails", right(), []*grader.Verdict{failed(leak)}, []string{"proof.must_pass  | failed leak.x(answer.go:16) 4/4"}},
		{"a right answer is unproven", right(), []*grader.Verdict{verdict(grader.Unproven)}, []string{"proof.must_pass  | unproven 4/4"}},
		{"a right answer is refused", right(), []*grader.Verdict{verdict(grader.Refused)}, []string{"proof.must_pass  | refused 4/4"}},
		{"a right answer fails now and then", right(), []*grader.Verdict{verdict(grader.Passed), verdict(grader.Passed), verdict(grader.Passed), failed(test)}, []string{"proof.must_pass  | failed test.x(answer.go:0) 1/4"}},
		{"a wrong answer fails as declared", wrong([]string{"leak"}, nil, 16), []*grader.Verdict{failed(leak)}, nil},
		{"a wrong answer is refused as declared", wrong([]string{"policy"}, nil, 0), []*grader.Verdict{verdict(grader.Refused, found(grader.KindPolicy, 3))}, nil},
		{"its place is left open", wrong([]string{"leak"}, nil, 0), []*grader.Verdict{failed(leak)}, nil},
		{"a wrong answer passes", wrong([]string{"leak", "test"}, nil, 0), []*grader.Verdict{verdict(grader.Passed)}, []string{"proof.must_fail leak, test | passed 4/4"}},
		{"a wrong answer is unproven", wrong([]string{"leak"}, nil, 0), []*grader.Verdict{verdict(grader.Unproven)}, []string{"proof.must_fail leak | unproven 4/4"}},
		{"it passes every other time", wrong([]string{"leak"}, nil, 0), []*grader.Verdict{failed(leak), verdict(grader.Passed)}, []string{"proof.must_fail leak | passed 2/4"}},
		{"what was declared is missing", wrong([]string{"leak", "race"}, nil, 0), []*grader.Verdict{failed(leak)}, []string{"proof.not_found race | failed leak.x(answer.go:16) 4/4"}},
		{"something undeclared comes", wrong([]string{"leak"}, nil, 0), []*grader.Verdict{failed(leak, test)}, []string{"proof.unexpected test | failed leak.x(answer.go:16) test.x(answer.go:0) 4/4"}},
		{"something comes that may", wrong([]string{"leak"}, []string{"test"}, 0), []*grader.Verdict{failed(leak, test)}, nil},
		{"a warning is no objection", wrong([]string{"leak"}, nil, 0), []*grader.Verdict{failed(leak, warned(race))}, nil},
		{"something else comes first", wrong([]string{"leak"}, []string{"race"}, 0), []*grader.Verdict{failed(race, leak)}, []string{"proof.not_first leak | failed race.x(answer.go:20) leak.x(answer.go:16) 4/4"}},
		{"another line", wrong([]string{"leak"}, nil, 17), []*grader.Verdict{failed(leak)}, []string{"proof.place answer.go:17 | answer.go:16 4/4"}},
		{"nothing is found", wrong([]string{"leak"}, nil, 0), []*grader.Verdict{failed()}, []string{"proof.not_found leak | failed 4/4"}},
		{"each bug that is left is found", hunted(16, 20), []*grader.Verdict{failed(leak, found(grader.KindLeak, 20))}, nil},
		{"in whatever order", hunted(20, 16), []*grader.Verdict{failed(leak, found(grader.KindLeak, 20))}, nil},
		{"a bug that is left is missed", hunted(16, 20), []*grader.Verdict{failed(leak)}, []string{"proof.places answer.go:16, answer.go:20 | answer.go:16 4/4"}},
		{"a bug that was mended is found", hunted(20), []*grader.Verdict{failed(leak, found(grader.KindLeak, 20))}, []string{"proof.places answer.go:20 | answer.go:16, answer.go:20 4/4"}},
		{"verdicts that fail in two ways", right(), []*grader.Verdict{failed(test), failed(leak)}, []string{"proof.must_pass  | failed test.x(answer.go:0); failed leak.x(answer.go:16) 4/4"}},
		{"two ways to disagree", wrong([]string{"leak"}, nil, 16), []*grader.Verdict{failed(race), verdict(grader.Passed)}, []string{
			"proof.not_found leak | failed race.x(answer.go:20) 2/4", "proof.unexpected race | failed race.x(answer.go:20) 2/4", "proof.must_fail leak | passed 2/4",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newJudge(script{tt.c.Answer.Name: tt.verdicts})
			r, err := proof.Run(t.Context(), proof.Plan{Judge: j, Effort: effort(4)}, []proof.Case{tt.c})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range r.Defects {
				got = append(got, say(d))
				if want := "exercises/ex/" + tt.c.Folder + "/answer.go"; d.File != want || d.Line < 1 {
					t.Errorf("the defect is at %s:%d, want a line of %s", d.File, d.Line, want)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(tt.want, "\n\t"))
			}
			if n := j.asked[tt.c.Answer.Name]; n != 4 {
				t.Errorf("judged %d times, want 4", n)
			}
		})
	}
}

// Every defect that a proof can find has its sentence, which names what there is.
func TestEveryDefectHasItsSentence(t *testing.T) {
	messages, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	leak, race := found(grader.KindLeak, 1), found(grader.KindRace, 2)
	cases := map[string]struct {
		c proof.Case
		v *grader.Verdict
	}{
		"must_pass":  {right(), verdict(grader.Failed, leak)},
		"must_fail":  {wrong([]string{"leak"}, nil, 0), verdict(grader.Passed)},
		"not_found":  {wrong([]string{"leak"}, []string{"race"}, 0), verdict(grader.Failed, race)},
		"unexpected": {wrong([]string{"leak"}, nil, 0), verdict(grader.Failed, leak, race)},
		"not_first":  {wrong([]string{"leak"}, []string{"race"}, 0), verdict(grader.Failed, race, leak)},
		"place":      {wrong([]string{"leak"}, nil, 9), verdict(grader.Failed, leak)},

		"mutant_survives":   {mutant(false), verdict(grader.Passed)},
		"equivalent_caught": {mutant(true), verdict(grader.Failed, leak)},
	}
	for key, tt := range cases {
		r, err := proof.Run(t.Context(), proof.Plan{Judge: newJudge(script{tt.c.Answer.Name: {tt.v}}), Effort: effort(3)}, []proof.Case{tt.c})
		if err != nil || len(r.Defects) != 1 || r.Defects[0].Key != "proof."+key {
			t.Errorf("%s: got %+v, %v", key, r, err)
			continue
		}
		if _, err := messages.Both("defect.proof."+key, r.Defects[0].Params, nil); err != nil {
			t.Error(err)
		}
	}
}

// A defect stands where the verdict points in the answer, else where the author
// said, else at its top.
func TestDefectsHaveTheirPlace(t *testing.T) {
	inChecks := found(grader.KindTest, 5)
	inChecks.File = "checks_test.go"
	for _, tt := range []struct {
		c    proof.Case
		v    *grader.Verdict
		want int
	}{
		{right(), verdict(grader.Failed, inChecks, warned(found(grader.KindRace, 3)), found(grader.KindLeak, 16)), 16},
		{wrong([]string{"leak"}, nil, 9), verdict(grader.Passed), 9},
		{right(), verdict(grader.Failed, inChecks), 1},
	} {
		r, err := proof.Run(t.Context(), proof.Plan{Judge: newJudge(script{tt.c.Answer.Name: {tt.v}}), Effort: effort(1)}, []proof.Case{tt.c})
		if err != nil || len(r.Defects) != 1 {
			t.Fatalf("got %+v, %v", r, err)
		}
		if d, want := r.Defects[0], "exercises/ex/"+tt.c.Folder+"/answer.go"; d.File != want || d.Line != tt.want {
			t.Errorf("the defect is at %s:%d, want %s:%d", d.File, d.Line, want, tt.want)
		}
	}
}

// A right answer that fails is not judged until it has run two hundred times: each
// of its runs may be an endless one.
func TestWhatFailsIsSoonEnough(t *testing.T) {
	j := newJudge(script{"right": {verdict(grader.Failed)}})
	r, err := proof.Run(t.Context(), proof.Plan{Judge: j, Effort: proof.Effort{Runs: 200, Verdicts: 3}}, []proof.Case{right()})
	if err != nil || r.Verdicts != 3 {
		t.Errorf("got %+v, %v, want 3 verdicts", r, err)
	}
}

// Code of an exercise that does not compile is one defect of it, whatever the answer,
// and is not remembered.
func TestExerciseThatDoesNotCompile(t *testing.T) {
	messages, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	j := newJudge(nil)
	j.err = fmt.Errorf("preparing: %w", &grader.ExerciseError{File: "ex_test.go", Line: 7, Reason: "undefined: x"})
	memory, err := proof.Remember(t.TempDir(), "go1")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		plan := proof.Plan{Judge: j, Effort: effort(3), Memory: memory}
		r, err := proof.Run(t.Context(), plan, []proof.Case{right(), wrong([]string{"leak"}, nil, 0), mutant(false)})
		if err != nil || len(r.Defects) != 1 || r.Recalled != 0 || r.Mutants != (proof.Mutants{}) {
			t.Fatalf("got %+v, %v, want one defect", r, err)
		}
		d := r.Defects[0]
		text, err := messages.Text(content.EN, "defect."+d.Key, d.Params)
		if err != nil || d.File != "exercises/ex/ex_test.go" || d.Line != 7 || !strings.Contains(text, "undefined: x") {
			t.Errorf("the defect is %s:%d %q, %v", d.File, d.Line, text, err)
		}
	}
}

// Defects come in the order of the cases, however many workers there are, and
// done hears of each case once.
func TestRunKeepsTheOrder(t *testing.T) {
	s := make(script)
	var cases []proof.Case
	for i := range 20 {
		c := right()
		c.Answer = answer(strconv.Itoa(i))
		c.Folder = c.Answer.Name
		s[c.Answer.Name] = []*grader.Verdict{verdict(grader.Failed)}
		cases = append(cases, c)
	}
	for _, workers := range []int{1, 4} {
		var told []string
		r, err := proof.Run(t.Context(), proof.Plan{
			Judge: newJudge(s), Effort: effort(2), Workers: workers, Done: func(c proof.Case) { told = append(told, c.Folder) },
		}, cases)
		if err != nil {
			t.Fatal(err)
		}
		defects := r.Defects
		if len(defects) != len(cases) || len(told) != len(cases) {
			t.Fatalf("%d workers: %d defects, told of %d cases, want %d", workers, len(defects), len(told), len(cases))
		}
		for i, d := range defects {
			if d.File != "exercises/ex/"+strconv.Itoa(i)+"/answer.go" {
				t.Errorf("%d workers: defect %d is in %s", workers, i, d.File)
			}
		}
		slices.Sort(told)
		if told = slices.Compact(told); len(told) != len(cases) {
			t.Errorf("%d workers: told of %d different cases, want %d", workers, len(told), len(cases))
		}
	}
}

// What goes wrong on our side ends the proof, and is no defect.
func TestRunEndsWithTheJudge(t *testing.T) {
	full := errors.New("the disk is full")
	j := newJudge(nil)
	j.err = full
	told := 0
	plan := proof.Plan{Judge: j, Effort: effort(3), Workers: 2, Done: func(proof.Case) { told++ }}
	r, err := proof.Run(t.Context(), plan, []proof.Case{right(), wrong([]string{"leak"}, nil, 0)})
	if !errors.Is(err, full) || r != nil || told != 0 {
		t.Errorf("got %v, %v, told of %d, want %v", r, err, told, full)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	j.err = nil
	never := &judge{err: errors.New("asked after the end")}
	if _, err := proof.Run(ctx, proof.Plan{Judge: never, Effort: effort(1)}, []proof.Case{right(), right()}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if r, err := proof.Run(t.Context(), plan, nil); err != nil || len(r.Defects) != 0 {
		t.Errorf("no cases: got %+v, %v", r, err)
	}
}

package proof_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"manche/grader"
	"manche/grader/proof"
)

// runs is a runner that has each program print its own source, and finds what it was
// told to.
type runs struct {
	verdict    *grader.Verdict
	processors []int
	err        error
}

func (r *runs) Run(_ context.Context, p grader.Program) (*grader.Ran, error) {
	r.processors = append(r.processors, p.Processors)
	src := string(p.Files["main.go"])
	return &grader.Ran{Verdict: r.verdict, Outputs: []string{src, src, src + "!"}}, r.err
}

func TestSamples(t *testing.T) {
	leak := found(grader.KindLeak, 16)
	for _, tt := range []struct {
		name    string
		verdict *grader.Verdict
		want    proof.Sample
	}{
		{"passes", verdict(grader.Passed, warned(leak)), proof.Sample{Said: "passed leak.x(answer.go:16)"}},
		{"leaks", verdict(grader.Failed, leak), proof.Sample{Found: []proof.SampleError{{Kind: "leak", Line: 16}}, Said: "failed leak.x(answer.go:16)"}},
		{"is refused", verdict(grader.Refused, found(grader.KindBuild, 3)), proof.Sample{Refused: true, Found: []proof.SampleError{{Kind: "build", Line: 3}}, Said: "refused build.x(answer.go:3)"}},
		{"is unproven", verdict(grader.Unproven), proof.Sample{Found: []proof.SampleError{{Kind: "unproven"}}, Said: "unproven"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.want.Outputs = []string{"src", "src!"}
			memory, err := proof.Remember(t.TempDir(), "go1")
			if err != nil {
				t.Fatal(err)
			}
			r := &runs{verdict: tt.verdict}
			s := proof.Samples{Runner: r, Effort: proof.Effort{Samples: 4}, Memory: memory}
			for _, again := range []bool{false, true} {
				got, recalled, err := s.Try(t.Context(), "src")
				if err != nil || recalled != again || len(got) != 4 || !reflect.DeepEqual(got[3], tt.want) {
					t.Fatalf("got %+v, recalled %v, %v, want four of %+v", got, recalled, err, tt.want)
				}
			}
			if want := []int{2, 1, 4, 2}; !slices.Equal(r.processors, want) {
				t.Errorf("ran at GOMAXPROCS %v, want %v", r.processors, want)
			}
			s.Again = true
			if _, recalled, err := s.Try(t.Context(), "src"); err != nil || recalled {
				t.Errorf("asked again: recalled %v, %v", recalled, err)
			}
		})
	}
}

func TestSamplesEndWithTheRunner(t *testing.T) {
	r := &runs{verdict: verdict(grader.Passed), err: errors.New("the disk is full")}
	if _, _, err := (proof.Samples{Runner: r}).Try(t.Context(), "src"); !errors.Is(err, r.err) {
		t.Errorf("got %v, want %v", err, r.err)
	}
}

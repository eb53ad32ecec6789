// Package proof proves exercises: that the starter fails as declared, that the
// reference and every right answer pass, and that every wrong answer is refused
// for the declared reason, each time.
package proof

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"manche/exercises"
	"manche/grader"
)

// judge judges; a grader.Grader is one.
type judge interface {
	Judge(context.Context, grader.Submission) (*grader.Verdict, error)
}

// Case is one known answer to one exercise.
type Case struct {
	Exercise string
	Folder   string // of the answer, inside the exercise
	Answer   exercises.Variant
	Pass     bool // it must pass
}

// Cases lists the known answers to an exercise.
func Cases(ex *exercises.Exercise) []Case {
	cases := []Case{
		{ex.Slug, "testdata/starter", ex.Starter, false},
		{ex.Slug, ".", exercises.Variant{Name: "reference", Files: ex.Reference}, true},
	}
	for _, v := range ex.Right {
		cases = append(cases, Case{ex.Slug, "testdata/right/" + v.Name, v, true})
	}
	for _, v := range ex.Wrong {
		cases = append(cases, Case{ex.Slug, "testdata/wrong/" + v.Name, v, false})
	}
	return cases
}

// Run gets times verdicts on each case, workers at a time, and returns what does
// not agree with what was declared, in the order of the cases. A rate other than
// all of them is a defect. After each case it calls done, one call at a time.
// An error is the judge's, and ends the proof.
func Run(ctx context.Context, j judge, cases []Case, times, workers int, done func(Case)) ([]exercises.Defect, error) {
	defects := make([][]exercises.Defect, len(cases))
	var mu sync.Mutex // guards done
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for i, c := range cases {
		group.Go(func() error {
			found, err := c.prove(ctx, j, times)
			if err != nil {
				return fmt.Errorf("proving %s of %q: %w", c.Answer.Name, c.Exercise, err)
			}
			mu.Lock()
			defer mu.Unlock()
			defects[i] = found
			done(c)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return slices.Concat(defects...), nil
}

// prove gets the verdicts on one case and counts each kind of disagreement.
func (c Case) prove(ctx context.Context, j judge, times int) ([]exercises.Defect, error) {
	var objections []objection
	counts := make(map[objection]int)
	for range times {
		v, err := j.Judge(ctx, grader.Submission{Exercise: c.Exercise, Files: c.Answer.Files})
		if err != nil {
			return nil, err
		}
		for _, o := range c.objections(v) {
			if counts[o]++; counts[o] == 1 {
				objections = append(objections, o)
			}
		}
	}
	var defects []exercises.Defect
	for _, o := range objections {
		defects = append(defects, exercises.Defect{
			File: "exercises/" + c.Exercise + "/" + c.Folder, Key: "proof." + o.key,
			Params: map[string]string{"want": o.want, "got": o.got, "n": strconv.Itoa(counts[o]), "times": strconv.Itoa(times)},
		})
	}
	return defects, nil
}

// objection is one way in which a verdict is not what was declared.
type objection struct{ key, want, got string }

// objections holds one verdict against the declaration.
func (c Case) objections(v *grader.Verdict) []objection {
	got := describe(v)
	if c.Pass {
		if v.Outcome != grader.Passed {
			return []objection{{"must_pass", "", got}}
		}
		return nil
	}
	if v.Outcome == grader.Passed || v.Outcome == grader.Unproven {
		return []objection{{"must_fail", strings.Join(c.Answer.Expect, ", "), got}}
	}
	var list []objection
	for _, kind := range c.Answer.Expect {
		if !slices.ContainsFunc(v.Findings, func(f grader.Finding) bool { return string(f.Kind) == kind }) {
			list = append(list, objection{"not_found", kind, got})
		}
	}
	for _, f := range v.Findings {
		if f.Severity == grader.SeverityError && !slices.Contains(c.Answer.Expect, string(f.Kind)) && !slices.Contains(c.Answer.May, string(f.Kind)) {
			list = append(list, objection{"unexpected", string(f.Kind), got})
		}
	}
	if len(list) == 0 {
		list = append(c.first(v), c.places(v)...)
	}
	return list
}

// places holds the places of all findings of the first kind against the declared
// ones, where the answer to a hunt declares them.
func (c Case) places(v *grader.Verdict) []objection {
	if len(c.Answer.Lines) == 0 {
		return nil
	}
	var got, want []string
	for _, f := range v.Findings {
		if f.Severity == grader.SeverityError && string(f.Kind) == c.Answer.Expect[0] {
			got = append(got, fmt.Sprintf("%s:%d", f.File, f.Line))
		}
	}
	for _, line := range c.Answer.Lines {
		want = append(want, fmt.Sprintf("%s:%d", c.Answer.File, line))
	}
	slices.Sort(got)
	slices.Sort(want)
	if slices.Equal(got, want) {
		return nil
	}
	return []objection{{"places", strings.Join(want, ", "), strings.Join(got, ", ")}}
}

// first holds the first finding against the declared kind and place.
func (c Case) first(v *grader.Verdict) []objection {
	f := v.Findings[0]
	switch {
	case string(f.Kind) != c.Answer.Expect[0]:
		return []objection{{"not_first", c.Answer.Expect[0], describe(v)}}
	case c.Answer.Line > 0 && (f.Line != c.Answer.Line || f.File != c.Answer.File):
		return []objection{{"place", fmt.Sprintf("%s:%d", c.Answer.File, c.Answer.Line), fmt.Sprintf("%s:%d", f.File, f.Line)}}
	}
	return nil
}

// describe sums a verdict up in the tools' own terms.
func describe(v *grader.Verdict) string {
	return strings.Join(append([]string{string(v.Outcome)}, said(v)...), " ")
}

// said lists the findings of a verdict: key(file:line).
func said(v *grader.Verdict) []string {
	var list []string
	for _, f := range v.Findings {
		list = append(list, fmt.Sprintf("%s(%s:%d)", f.Key, f.File, f.Line))
	}
	return list
}

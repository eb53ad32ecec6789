// Package proof proves exercises: that the starter fails as declared, that the
// reference and every right answer pass, that every wrong answer is refused for
// the declared reason, each time, and that a mistake made in the reference does
// not go unseen.
package proof

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
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

// Effort is how much is asked of the answers.
type Effort struct {
	Runs     int // that each right answer has to pass
	Verdicts int // on each wrong answer
	Mutants  int // verdicts on each mutant
	Samples  int // trials of each program of a lesson
}

// The efforts: the whole one, and one for every change.
var (
	Whole = Effort{Runs: 200, Verdicts: 20, Mutants: 2, Samples: 6}
	Quick = Effort{Runs: 20, Verdicts: 3, Mutants: 1, Samples: 2}
)

// Plan is how cases are proven. Judge and Effort are needed.
type Plan struct {
	Judge   judge
	Effort  Effort
	Workers int        // how many cases at a time; 0 is one
	Memory  *Memory    // where results are looked up and kept; may be nil
	Again   bool       // proves what is remembered, too
	Done    func(Case) // called after each case, one call at a time; may be nil
}

// Result is what a proof came to.
type Result struct {
	Cases    int // proven
	Recalled int // of them, those that nothing had changed for
	Verdicts int
	Runs     int // of the checks
	Mutants  Mutants
	Defects  []exercises.Defect // in the order of the cases
}

// Mutants counts mutants that compile.
type Mutants struct{ Made, Caught, Marked int }

// Run proves cases. What does not agree with what was declared is a defect, and
// so is a rate other than always. An error is the judge's, and ends the proof.
func Run(ctx context.Context, p Plan, cases []Case) (*Result, error) {
	outcomes := make([]outcome, len(cases))
	var mu sync.Mutex // guards Done
	group, inGroup := errgroup.WithContext(ctx)
	group.SetLimit(max(1, p.Workers))
	for _, i := range longestFirst(cases) {
		c := cases[i]
		if inGroup.Err() != nil {
			break // nothing more begins, not even to see that it should not
		}
		group.Go(func() error {
			o, err := p.result(inGroup, c)
			if err != nil {
				return fmt.Errorf("proving %s of %q: %w", c.Answer.Name, c.Exercise.Slug, err)
			}
			outcomes[i] = o
			mu.Lock()
			defer mu.Unlock()
			if p.Done != nil {
				p.Done(c)
			}
			return nil
		})
	}
	if err := cmp.Or(group.Wait(), ctx.Err()); err != nil {
		return nil, err
	}
	return sum(cases, outcomes), nil
}

// longestFirst orders the indices of cases, so that nobody waits at the end for one
// that has to wait for its time to run out again and again.
func longestFirst(cases []Case) []int {
	var waits, others []int
	for i, c := range cases {
		if slices.Contains(slices.Concat(c.Answer.Expect, c.Answer.May), string(grader.KindTimeout)) {
			waits = append(waits, i)
		} else {
			others = append(others, i)
		}
	}
	return append(waits, others...)
}

// outcome is what one case came to.
type outcome struct {
	Verdicts  int                `json:"verdicts"`
	Runs      int                `json:"runs"`
	Stillborn bool               `json:"stillborn,omitempty"` // a mutant that does not compile
	Defects   []exercises.Defect `json:"defects,omitempty"`
	recalled  bool
	objected  int               // verdicts that were not as declared
	fault     *exercises.Defect // of the exercise, which keeps the case from being judged
}

// result is what is remembered of a case, or what its verdicts say.
func (p Plan) result(ctx context.Context, c Case) (outcome, error) {
	key := p.key(c)
	var known outcome
	if !p.Again && p.Memory.recall(key, &known) {
		known.recalled = true
		return known, ctx.Err()
	}
	o, err := p.prove(ctx, c)
	if fault, ok := errors.AsType[*grader.ExerciseError](err); ok {
		return outcome{Stillborn: true, fault: c.fault(fault)}, nil // and not remembered: it is known at once
	}
	if err != nil {
		return outcome{}, err
	}
	return o, p.Memory.keep(key, o)
}

// fault is what the author is told of an exercise that judges nothing.
func (c Case) fault(e *grader.ExerciseError) *exercises.Defect {
	return &exercises.Defect{
		File: path.Join("exercises", c.Exercise.Slug, e.File), Line: e.Line, Key: "proof.compile",
		Params: map[string]string{"reason": e.Reason},
	}
}

// sum adds outcomes up.
func sum(cases []Case, outcomes []outcome) *Result {
	r := &Result{Cases: len(cases)}
	for i, o := range outcomes {
		r.Verdicts += o.Verdicts
		r.Runs += o.Runs
		r.Defects = append(r.Defects, o.Defects...)
		if f := o.fault; f != nil && !slices.ContainsFunc(r.Defects, func(d exercises.Defect) bool {
			return d.Key == f.Key && d.File == f.File && d.Line == f.Line
		}) {
			r.Defects = append(r.Defects, *f)
		}
		if o.recalled {
			r.Recalled++
		}
		if c := cases[i]; c.Mutant != nil && !o.Stillborn {
			r.Mutants.Made++
			switch {
			case c.Pass:
				r.Mutants.Marked++
			case len(o.Defects) == 0:
				r.Mutants.Caught++
			}
		}
	}
	return r
}

// processors are the values of GOMAXPROCS that verdicts take turns at.
var processors = []int{2, 1, 4}

// prove gets the verdicts on one case and counts each kind of disagreement.
func (p Plan) prove(ctx context.Context, c Case) (outcome, error) {
	var o outcome
	var found disputes
	for !p.enough(c, o) {
		v, err := p.Judge.Judge(ctx, grader.Submission{
			Exercise: c.Exercise.Slug, Files: c.Answer.Files,
			Processors: processors[o.Verdicts%len(processors)], Least: p.Effort.Runs - o.Runs,
			Keep: p.Effort != Quick, Brief: c.Mutant != nil && !c.Pass,
		})
		if err != nil {
			return o, err
		}
		o.Verdicts++
		o.Runs += max(1, v.Runs.Count)
		o.Stillborn = c.Mutant != nil && v.Outcome == grader.Refused
		objections := c.objections(v)
		o.objected += min(len(objections), 1)
		for _, objection := range objections {
			found.add(objection)
		}
	}
	for _, d := range found {
		o.Defects = append(o.Defects, c.defect(*d, o.Verdicts))
	}
	return o, nil
}

// enough reports whether a case has had its verdicts.
func (p Plan) enough(c Case, o outcome) bool {
	switch {
	case c.Mutant != nil:
		return o.Stillborn || o.Verdicts >= p.Effort.Mutants
	case c.Pass: // what fails runs once in a verdict, and may take all its time
		return o.Runs >= p.Effort.Runs || o.objected >= max(p.Effort.Verdicts, 1)
	}
	return o.Verdicts >= p.Effort.Verdicts
}

// describe sums a verdict up in the tools' own terms.
func describe(v *grader.Verdict) string {
	return strings.Join(append([]string{string(v.Outcome)}, said(v)...), " ")
}

// said lists the findings of a verdict: key(file:line), or key where there is no
// place.
func said(v *grader.Verdict) []string {
	var list []string
	for _, f := range v.Findings {
		one := f.Key
		if f.File != "" {
			one += "(" + place(f.File, f.Line) + ")"
		}
		list = append(list, one)
	}
	return list
}

func place(file string, line int) string { return file + ":" + strconv.Itoa(line) }

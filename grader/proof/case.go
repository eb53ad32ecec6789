package proof

import (
	"slices"
	"strings"

	"manche/exercises"
	"manche/grader"
	"manche/grader/proof/mutation"
)

// Case is one answer to an exercise, and what its verdicts must say.
type Case struct {
	Exercise *exercises.Exercise
	Folder   string // of the answer, inside the exercise
	Answer   exercises.Variant
	Pass     bool // it must pass
	// Mutant is what the answer was made by, nil for one that an author wrote.
	// One that compiles must fail, unless the author marked it as equivalent.
	Mutant *mutation.Mutant
}

// Cases lists what an exercise is proven by: its known answers and, where it does
// not ask for a test, the mutants of its reference. The error is a syntax error in
// the reference.
func Cases(ex *exercises.Exercise) ([]Case, error) {
	cases := []Case{
		{Exercise: ex, Folder: "testdata/starter", Answer: ex.Starter},
		{Exercise: ex, Folder: ".", Answer: exercises.Variant{Name: "reference", Files: ex.Reference}, Pass: true},
	}
	for _, v := range ex.Right {
		cases = append(cases, Case{Exercise: ex, Folder: "testdata/right/" + v.Name, Answer: v, Pass: true})
	}
	for _, v := range ex.Wrong {
		cases = append(cases, Case{Exercise: ex, Folder: "testdata/wrong/" + v.Name, Answer: v})
	}
	if ex.Kind == exercises.Test {
		return cases, nil // broken implementations are what shows a test's worth
	}
	mutants, err := mutation.Of(ex.Reference)
	if err != nil {
		return nil, err
	}
	for _, m := range mutants {
		cases = append(cases, Case{
			Exercise: ex, Folder: m.File, Answer: exercises.Variant{Name: m.ID(), Files: m.Files},
			Pass: marked(ex, m), Mutant: &m,
		})
	}
	return cases, nil
}

// marked reports whether the author says that a mutant is right as well.
func marked(ex *exercises.Exercise, m mutation.Mutant) bool {
	return slices.ContainsFunc(ex.Equivalent, func(e exercises.Equivalence) bool {
		return e.Mutant == m.Name && e.File == m.File && e.Line == m.Line
	})
}

// Stale lists the marks of an exercise that belong to no mutant of cases.
func Stale(ex *exercises.Exercise, cases []Case) []exercises.Defect {
	known := make(map[exercises.Equivalence]bool)
	for _, c := range cases {
		if c.Exercise == ex && c.Mutant != nil {
			known[exercises.Equivalence{Mutant: c.Mutant.Name, File: c.Mutant.File, Line: c.Mutant.Line}] = true
		}
	}
	var defects []exercises.Defect
	for _, e := range ex.Equivalent {
		name, place := e.Mutant, place(e.File, e.Line)
		line := e.Declared
		if e.Reason, e.Declared = "", 0; !known[e] {
			defects = append(defects, exercises.Defect{
				File: "exercises/" + ex.Slug + "/exercise.toml", Line: line, Key: "proof.equivalent_unknown",
				Params: map[string]string{"name": name, "place": place},
			})
		}
	}
	return defects
}

// objection is one way in which a verdict is not what was declared.
type objection struct {
	key, want, got string
	at             grader.Place // in the answer; the zero value where no finding says
}

// objections holds one verdict against the declaration.
func (c Case) objections(v *grader.Verdict) []objection {
	list := c.disagreements(v)
	for i := range list {
		list[i].at = c.at(v)
	}
	return list
}

// at is where in the answer the verdict points first, if anywhere.
func (c Case) at(v *grader.Verdict) grader.Place {
	for _, f := range v.Findings {
		if f.Severity == grader.SeverityError && f.Line > 0 && c.Answer.Files[f.File] != nil {
			return grader.Place{File: f.File, Line: f.Line}
		}
	}
	return grader.Place{}
}

func (c Case) disagreements(v *grader.Verdict) []objection {
	switch {
	case c.Mutant != nil && v.Outcome == grader.Refused:
		return nil // it does not compile: nobody can make this mistake
	case c.Mutant != nil && c.Pass && v.Outcome != grader.Passed:
		return []objection{{key: "equivalent_caught", got: describe(v)}}
	case c.Mutant != nil && !c.Pass && v.Outcome != grader.Failed:
		return []objection{{key: "mutant_survives"}}
	case c.Mutant != nil:
		return nil
	case c.Pass && v.Outcome != grader.Passed:
		return []objection{{key: "must_pass", got: describe(v)}}
	case c.Pass:
		return nil
	case v.Outcome == grader.Passed || v.Outcome == grader.Unproven:
		return []objection{{key: "must_fail", want: strings.Join(c.Answer.Expect, ", "), got: describe(v)}}
	}
	list := c.kinds(v)
	if len(list) == 0 {
		list = append(c.first(v), c.places(v)...)
	}
	return list
}

// kinds holds the kinds of the findings against those that must and may come.
func (c Case) kinds(v *grader.Verdict) []objection {
	var list []objection
	got := describe(v)
	for _, kind := range c.Answer.Expect {
		if !slices.ContainsFunc(v.Findings, func(f grader.Finding) bool { return string(f.Kind) == kind }) {
			list = append(list, objection{key: "not_found", want: kind, got: got})
		}
	}
	for _, f := range v.Findings {
		if f.Severity == grader.SeverityError && !slices.Contains(c.Answer.Expect, string(f.Kind)) && !slices.Contains(c.Answer.May, string(f.Kind)) {
			list = append(list, objection{key: "unexpected", want: string(f.Kind), got: got})
		}
	}
	return list
}

// first holds the first finding against the declared kind and place.
func (c Case) first(v *grader.Verdict) []objection {
	f := v.Findings[0]
	switch {
	case string(f.Kind) != c.Answer.Expect[0]:
		return []objection{{key: "not_first", want: c.Answer.Expect[0], got: describe(v)}}
	case c.Answer.Line > 0 && (f.Line != c.Answer.Line || f.File != c.Answer.File):
		return []objection{{key: "place", want: place(c.Answer.File, c.Answer.Line), got: place(f.File, f.Line)}}
	}
	return nil
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
			got = append(got, place(f.File, f.Line))
		}
	}
	for _, line := range c.Answer.Lines {
		want = append(want, place(c.Answer.File, line))
	}
	slices.Sort(got)
	slices.Sort(want)
	if slices.Equal(got, want) {
		return nil
	}
	return []objection{{key: "places", want: strings.Join(want, ", "), got: strings.Join(got, ", ")}}
}

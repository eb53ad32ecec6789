package attack

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"manche/exercises"
	"manche/grader"
)

// Exercise is the slug of the one that forgeries answer.
const Exercise = "fix-the-leak"

// Forgery is a submission that tries to get a verdict it does not deserve, or
// one that only looks like that.
type Forgery struct {
	Name    string
	Outcome grader.Outcome
	Finding string // key or kind of a finding; empty when it passes
	Files   map[string][]byte
	// Plain is the finding where there is no race detector, if it is another.
	Plain string
	// Slow is a finding that will do as well where memory is taken slowly.
	Slow string
}

// Forgeries reads testdata/forgeries. Each file says in its head what is wanted,
//
//	// want: failed leak
//
// with "slow:" which finding will do as well where memory is taken slowly,
// with "also:" under which further name it is handed in, beside the starter, and
// with "without race:" which finding it gets where there is no race detector.
func Forgeries(ex *exercises.Exercise) ([]Forgery, error) {
	folder := below("forgeries")
	names, err := fs.Glob(folder, "*.go")
	if err != nil {
		return nil, fmt.Errorf("listing the forgeries: %w", err)
	}
	var list []Forgery
	for _, name := range names {
		src, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("reading the forgeries: %w", err)
		}
		want, ok := head(src, "want")
		if !ok {
			return nil, fmt.Errorf("the forgery %s does not say what is wanted", name)
		}
		outcome, finding, _ := strings.Cut(want, " ")
		f := Forgery{Name: strings.TrimSuffix(name, ".go"), Outcome: grader.Outcome(outcome), Finding: finding}
		f.Files = map[string][]byte{"search.go": src}
		f.Plain, _ = head(src, "without race")
		f.Slow, _ = head(src, "slow")
		if other, ok := head(src, "also"); ok {
			f.Files = map[string][]byte{"search.go": ex.Starter.Files["search.go"], other: src}
		}
		list = append(list, f)
	}
	return list, nil
}

// WithoutRace are those that are seen through without a race detector, and what
// passes is unproven then.
func WithoutRace(all []Forgery) []Forgery {
	var list []Forgery
	for _, f := range all {
		if f.Outcome == grader.Passed {
			f.Outcome = grader.Unproven
		}
		f.Finding = cmp.Or(f.Plain, f.Finding)
		if f.Finding != string(grader.KindRace) {
			list = append(list, f)
		}
	}
	return list
}

// Unhurried are those in which memory is taken fast enough for its limit to be
// reached before that on time.
func Unhurried(all []Forgery) []Forgery {
	all = slices.Clone(all)
	for i := range all {
		all[i].Slow = ""
	}
	return all
}

// head reads "// name: value" from the head of a file.
func head(src []byte, name string) (string, bool) {
	for line := range strings.Lines(string(src)) {
		rest, comment := strings.CutPrefix(line, "// ")
		if !comment {
			break
		}
		if value, ok := strings.CutPrefix(rest, name+": "); ok {
			return strings.TrimSpace(value), true
		}
	}
	return "", false
}

// judge judges; a grader.Grader is one.
type judge interface {
	Judge(context.Context, grader.Submission) (*grader.Verdict, error)
}

// Submission is what is handed in.
func (f Forgery) Submission() grader.Submission {
	return grader.Submission{Exercise: Exercise, Files: f.Files}
}

// Run has a forgery judged. An error is the judge's, who could not.
func (f Forgery) Run(ctx context.Context, j judge) (Outcome, error) {
	v, err := j.Judge(ctx, f.Submission())
	if err != nil {
		return Outcome{}, fmt.Errorf("judging the forgery %q: %w", f.Name, err)
	}
	return f.Assess(v), nil
}

// shows reports whether a verdict has a finding of this key or kind.
func shows(v *grader.Verdict, finding string) bool {
	return slices.ContainsFunc(v.Findings, func(x grader.Finding) bool { return x.Key == finding || string(x.Kind) == finding })
}

// Assess holds a verdict against the one that the forgery must get.
func (f Forgery) Assess(v *grader.Verdict) Outcome {
	o := Outcome{Name: f.Name, Expected: strings.TrimSpace(string(f.Outcome) + " " + f.Finding), Got: string(v.Outcome)}
	for _, x := range v.Findings {
		o.Got += " " + x.Key
	}
	found := false
	for _, want := range []string{f.Finding, f.Slow} {
		if want != "" && !found && shows(v, want) {
			found, o.Got = true, string(v.Outcome)+" "+want // the others are beside the point
		}
	}
	if v.Outcome != f.Outcome || (f.Finding != "") != found {
		o.Faults = append(o.Faults, fmt.Sprintf("%s, want %s", o.Got, o.Expected))
	}
	return o
}

package measure

import (
	"context"

	"manche/exercises"
	"manche/grader"
)

var (
	Median      = median
	Evenly      = evenly
	Descendants = descendants
	Rows        = func(times map[[2]string][]float64, answer string, ways []string) []Row {
		return samples(times).rows(answer, ways)
	}
)

// Alive reports whether a process still is what it was.
func (p process) Alive() bool { return p.lives() }

// Resident is what is resident of a process, in bytes.
func (p process) Resident() int64 { return p.resident }

// Warned reports whether a judgement that tells of f while it builds counts as
// having warned of what ex's starter is known to do.
func Warned(ctx context.Context, ex *exercises.Exercise, f grader.Finding) (bool, error) {
	_, starter := answersTo(ex)
	m, err := judge(ctx, warning{f}, ex.Slug, starter, starter.files)
	return m.remark > 0, err
}

// warning is a grader that knows of one finding before anything runs.
type warning struct{ grader.Finding }

func (w warning) Watch(_ context.Context, _ grader.Submission, observe func(grader.Progress)) (*grader.Verdict, error) {
	observe(grader.Progress{Stage: grader.StageBuilding, Finding: &w.Finding})
	return &grader.Verdict{Outcome: grader.Failed}, nil
}

func (warning) Anticipate(context.Context, grader.Submission) {}

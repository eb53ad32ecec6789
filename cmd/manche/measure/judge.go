package measure

import (
	"context"
	"fmt"
	"time"

	"manche/exercises"
	"manche/grader"
)

// moments are when a judgement told what, in milliseconds since it was asked for.
type moments struct {
	remark float64 // the first finding, where static analysis has one at the right line; 0 elsewhere
	first  float64 // the first finding of a run; that of the verdict, where none was told before
	final  float64
	stages map[string]float64 // how long each took
}

// judge asks for one verdict, which must be the one that the answer deserves.
func judge(ctx context.Context, g Grader, slug string, a answer, files exercises.Files) (moments, error) {
	var m moments
	start := time.Now()
	v, err := g.Watch(ctx, grader.Submission{Exercise: slug, Files: files}, func(p grader.Progress) {
		switch {
		case p.Finding == nil:
		case p.Stage == grader.StageBuilding && m.remark == 0 && a.failsAt(p.Finding.File, p.Finding.Line):
			m.remark = millis(start)
		case p.Stage == grader.StageRunning && m.first == 0:
			m.first = millis(start)
		}
	})
	m.final = millis(start)
	if err != nil {
		return m, err
	}
	if v.Outcome != a.outcome {
		return m, fmt.Errorf("the verdict on the %s is %s, want %q", a.name, v.Canonical(), a.outcome)
	}
	if m.first == 0 {
		m.first = m.final
	}
	m.stages = v.TimingsMS
	return m, nil
}

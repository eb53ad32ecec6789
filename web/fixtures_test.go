package web_test

import (
	"context"
	"encoding/json"

	"manche/grader"
	"manche/grader/queue"
)

// status is a submission as the API tells it.
type status struct {
	ID, URL, State, Error string
	Place                 int
	Verdict               *grader.Verdict
}

// always is a judge with one verdict for everything.
func always(v *grader.Verdict) queue.Judge {
	return func(_ context.Context, _ queue.Job, report func(queue.State, json.RawMessage)) ([]byte, bool, error) {
		report(queue.Building, nil)
		report(queue.Running, nil)
		raw, err := json.Marshal(v)
		return raw, v.Outcome == grader.Passed, err
	}
}

// failed is a verdict on the starter of the exercise.
func failed() *grader.Verdict {
	return &grader.Verdict{
		Version: grader.Version, Exercise: slug, Outcome: grader.Failed,
		Axes: map[grader.Axis]grader.Standing{
			grader.Builds: {State: grader.AxisPassed}, grader.Correct: {State: grader.AxisPassed},
			grader.RaceFree: {State: grader.AxisNotChecked, Reason: "no_race_detector"},
			grader.LeakFree: {State: grader.AxisFailed}, grader.Terminates: {State: grader.AxisPassed},
			grader.Concurrent: {State: grader.AxisNotChecked, Reason: "not_asked"},
		},
		Checks: []grader.Check{{Name: "TestLate", Outcome: grader.Failed, Runs: 4, FailedRuns: 4}},
		Runs:   grader.Runs{Count: 4, GOMAXPROCS: []int{1, 2}, Seed: 7},
		Findings: []grader.Finding{{
			Kind: grader.KindLeak, Axis: grader.LeakFree, Severity: grader.SeverityError,
			Place: grader.Place{File: "search.go", Line: 16, Column: 3}, Check: "TestLate", Resembles: "unchanged",
			Text: map[string]string{"fr": "La goroutine reste là.", "en": "The goroutine stays."},
			Goroutines: []grader.Goroutine{
				{Does: "send", At: grader.Place{File: "search.go", Line: 16}, Count: 2, Text: map[string]string{"fr": "Ligne 16, `lookup` attend.", "en": "Line 16: `lookup` waits."}},
				{Does: "wait", At: grader.Place{File: "search.go", Line: 20}, Count: 1, Text: map[string]string{"fr": "Ligne 20, elle attend.", "en": "Line 20: it waits."}},
			},
			Evidence: "goroutine 9 [chan send]: <search.go:16>",
		}},
		Receipt:   grader.Receipt{Toolchain: "go1.26", Exercise: "0123456789abcdef", Grader: "g", Sandbox: "B", Lacks: []string{"memory-cgroup", "unheard-of"}},
		TimingsMS: map[string]float64{"run": 12},
	}
}

func passed() *grader.Verdict {
	v := failed()
	v.Outcome, v.Findings = grader.Passed, nil
	v.Axes[grader.LeakFree] = grader.Standing{State: grader.AxisPassed}
	return v
}

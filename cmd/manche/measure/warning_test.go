package measure_test

import (
	"testing"

	"manche/cmd/manche/measure"
	"manche/exercises"
	"manche/grader"
)

func TestAWarningCountsWhereTheStarterFails(t *testing.T) {
	catalog, _, err := exercises.Load(exercises.FS)
	if err != nil {
		t.Fatal(err)
	}
	ex, _ := catalog.Lookup("fix-the-leak")
	right := grader.Finding{Place: grader.Place{File: ex.Starter.File, Line: ex.Starter.Line}}
	for _, test := range []struct {
		finding grader.Finding
		want    bool
	}{
		{right, true},
		{grader.Finding{Place: grader.Place{File: right.File, Line: right.Line + 1}}, false},
		{grader.Finding{Place: grader.Place{File: "other.go", Line: right.Line}}, false},
		{grader.Finding{}, false},
	} {
		got, err := measure.Warned(t.Context(), ex, test.finding)
		if err != nil || got != test.want {
			t.Errorf("a warning at %s:%d counts: %v, %v, want %v", test.finding.File, test.finding.Line, got, err, test.want)
		}
	}
}

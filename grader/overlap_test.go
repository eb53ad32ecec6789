package grader_test

import (
	"slices"
	"testing"

	"manche/exercises"
	"manche/grader"
)

// overlapping are the exercises that ask for work that overlaps.
func overlapping(t *testing.T) []*exercises.Exercise {
	t.Helper()
	var found []*exercises.Exercise
	for _, ex := range theBench(t).catalog.All() {
		if len(ex.Concurrent) > 0 {
			found = append(found, ex)
		}
	}
	if len(found) == 0 {
		t.Fatal("no exercise asks for work that overlaps")
	}
	return found
}

func TestWorkThatOverlaps(t *testing.T) {
	for _, ex := range overlapping(t) {
		v := judge(t, grader.Submission{Exercise: ex.Slug, Files: ex.Reference})
		if got := v.Axes[grader.Concurrent]; got.State != grader.AxisPassed || v.Outcome != grader.Passed {
			t.Errorf("the reference of %s: %s, %+v, want passed", ex.Slug, describe(v), got)
		}
	}
}

// Work that does not overlap is wrong on that axis, and on no other.
func TestWorkThatDoesNotOverlap(t *testing.T) {
	for name, want := range map[string]map[string]string{
		"parallel-map/one-after-the-other": {"work": "10 × 1s", "took": "10s", "want": "1s"},
		"parallel-map/wait-in-the-loop":    {"work": "10 × 1s", "took": "10s", "want": "1s"},
		"parallel-map/two-workers":         {"work": "10 × 1s", "took": "5s", "want": "1s"},
		"at-most-n/one-after-the-other":    {"work": "n = 3, 10 × 1s", "took": "10s", "want": "4s"},
		"at-most-n/in-waves":               {"work": "n = 3, 4 × (3s + 1s + 1s)", "took": "12s", "want": "8s"},
	} {
		v := judge(t, wrong(t, name))
		for _, axis := range grader.Axes {
			if failed := v.Axes[axis].State == grader.AxisFailed; failed != (axis == grader.Concurrent) {
				t.Errorf("%s: axis %s stands at %+v", name, axis, v.Axes[axis])
			}
		}
		f := v.Findings[0]
		if f.Key != "test.sequential" || f.Axis != grader.Concurrent || f.Kind != grader.KindTest {
			t.Errorf("%s: got %s of kind %s on the axis %s, want test.sequential", name, f.Key, f.Kind, f.Axis)
		}
		for param, value := range want {
			if f.Params[param] != value {
				t.Errorf("%s: %s is %q, want %q", name, param, f.Params[param], value)
			}
		}
	}
}

// An answer can overlap as it should and be wrong otherwise.
func TestOverlapOfAWrongAnswer(t *testing.T) {
	for name, axis := range map[string]grader.Axis{
		"parallel-map/append-under-lock":    grader.Correct,
		"parallel-map/append-in-goroutines": grader.RaceFree,
		"at-most-n/break-and-nil":           grader.Correct,
		"at-most-n/acquire-inside":          grader.Correct,
	} {
		v := judge(t, wrong(t, name))
		if v.Axes[axis].State != grader.AxisFailed || v.Axes[grader.Concurrent].State != grader.AxisPassed {
			t.Errorf("%s: %s, axes %+v, want %s failed and concurrent passed", name, describe(v), v.Axes, axis)
		}
	}
}

// What did not come to its end has not been seen to overlap.
func TestOverlapNotChecked(t *testing.T) {
	ex, _ := theBench(t).config.Catalog.Lookup("parallel-map")
	dying := []byte("package parallel\n\nfunc Map[T, U any](in []T, f func(T) U) []U {\n\tgo panic(\"gone\")\n\tselect {}\n}\n")
	leak := exercise(t)
	for name, tc := range map[string]struct {
		sub    grader.Submission
		reason string
	}{
		"a panic of a goroutine":  {grader.Submission{Exercise: ex.Slug, Files: map[string][]byte{"map.go": dying}}, "unfinished"},
		"a misspelt package":      {grader.Submission{Exercise: ex.Slug, Files: map[string][]byte{"map.go": []byte("pakage parallel\n")}}, "not_built"},
		"a forbidden import":      {grader.Submission{Exercise: ex.Slug, Files: map[string][]byte{"map.go": []byte("package parallel\n\nimport _ \"os\"\n")}}, "refused"},
		"an exercise without it":  {grader.Submission{Exercise: leak.Slug, Files: leak.Reference}, "not_asked"},
		"a leak in such an other": {grader.Submission{Exercise: leak.Slug, Files: leak.Starter.Files}, "not_asked"},
	} {
		v := judge(t, tc.sub)
		if got := v.Axes[grader.Concurrent]; got != (grader.Standing{State: grader.AxisNotChecked, Reason: tc.reason}) {
			t.Errorf("%s: %s, concurrent stands at %+v, want not_checked, %s", name, describe(v), got, tc.reason)
		}
	}
}

// wrong is a known wrong answer, by its exercise and its name.
func wrong(t *testing.T, name string) grader.Submission {
	t.Helper()
	for _, ex := range overlapping(t) {
		i := slices.IndexFunc(ex.Wrong, func(v exercises.Variant) bool { return ex.Slug+"/"+v.Name == name })
		if i >= 0 {
			return grader.Submission{Exercise: ex.Slug, Files: ex.Wrong[i].Files}
		}
	}
	t.Fatalf("there is no %s", name)
	return grader.Submission{}
}

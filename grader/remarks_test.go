package grader_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"manche/exercises"
	"manche/grader"
	"manche/grader/vet"
)

// A remark of static analysis fails nobody, unless the exercise says so: then it
// fails what the verdict says of correctness, and nothing else.
func TestRemarksThatCount(t *testing.T) {
	const slug, file = "fix-the-leak", "search.go"
	ex, b := exercise(t), theBench(t)
	src := strings.Replace(string(ex.Reference[file]), "import (\n", "import (\n\t\"sync\"\n", 1) +
		"\ntype guarded struct{ mu sync.Mutex }\n\nfunc use(g guarded) { g.mu.Lock(); defer g.mu.Unlock() }\n\nvar _ = use\n"
	for spec, want := range map[string]struct {
		outcome  grader.Outcome
		severity grader.Severity
		correct  grader.State
	}{
		"":                                  {grader.Passed, grader.SeverityWarning, grader.AxisPassed},
		"vet = [\"lostcancel\"]\n":          {grader.Passed, grader.SeverityWarning, grader.AxisPassed},
		"vet = [\"spin\", \"copylocks\"]\n": {grader.Failed, grader.SeverityError, grader.AxisFailed},
	} {
		c := b.config
		c.Catalog = withSpec(t, slug, spec)
		g, err := grader.New(t.Context(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		v, err := g.Judge(t.Context(), grader.Submission{Exercise: slug, Files: map[string][]byte{file: []byte(src)}})
		g.Close()
		if err != nil {
			t.Fatal(err)
		}
		b.hold(t, v)
		if got := describe(v); got != string(want.outcome)+" vet.copylocks" {
			t.Fatalf("%q: got %s, want %s vet.copylocks", spec, got, want.outcome)
		}
		if f := v.Findings[0]; f.Severity != want.severity || f.Axis != grader.Correct || f.Line == 0 {
			t.Errorf("%q: got %s on %s at line %d, want %s on correct at a line", spec, f.Severity, f.Axis, f.Line, want.severity)
		}
		for _, axis := range grader.Axes {
			wanted := grader.AxisPassed
			switch axis {
			case grader.Correct:
				wanted = want.correct
			case grader.Concurrent:
				wanted = grader.AxisNotChecked
			}
			if got := v.Axes[axis].State; got != wanted {
				t.Errorf("%q: axis %s stands at %s, want %s", spec, axis, got, wanted)
			}
		}
	}
}

// withSpec is a catalogue of one exercise of the course, with lines before its
// exercise.toml.
func withSpec(t *testing.T, slug, lines string) *exercises.Catalog {
	t.Helper()
	fsys := make(fstest.MapFS)
	err := fs.WalkDir(exercises.FS, slug, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(exercises.FS, name)
		if strings.HasSuffix(name, "/exercise.toml") {
			data = append([]byte(lines), data...)
		}
		fsys[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	catalog, defects, err := exercises.Load(fsys)
	if err != nil || len(defects) > 0 {
		t.Fatalf("loading %s with %q: %v, defects %+v", slug, lines, err, defects)
	}
	return catalog
}

// An exercise can name each remark that there is, and no other.
func TestRemarksOfExercises(t *testing.T) {
	if got, want := exercises.Remarks, vet.Names(); !slices.Equal(got, want) {
		t.Errorf("an exercise can name %q, want %q", got, want)
	}
}

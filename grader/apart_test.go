package grader_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"manche/exercises"
	"manche/grader"
	"manche/grader/proof"
)

// apart is a grader for the exercises whose checks run in a process of their own.
func apart(t *testing.T) (*grader.Grader, *exercises.Catalog) {
	t.Helper()
	catalog, defects, err := exercises.Load(os.DirFS("testdata/apart"))
	if err != nil || len(defects) > 0 || len(catalog.All()) == 0 {
		t.Fatalf("loading the exercises: %v, defects %v", err, defects)
	}
	c := theBench(t).config
	c.Catalog = catalog
	g, err := grader.New(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return g, catalog
}

// Every known answer gets the verdict that it deserves from two processes too.
func TestApartProves(t *testing.T) {
	g, catalog := apart(t)
	for _, ex := range catalog.All() {
		cases, err := proof.Cases(ex)
		if err != nil {
			t.Fatal(err)
		}
		r, err := proof.Run(t.Context(), proof.Plan{Judge: g, Effort: proof.Effort{Runs: 2, Verdicts: 2, Mutants: 1}}, cases)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range r.Defects {
			t.Errorf("%s:%d %s %v", d.File, d.Line, d.Key, d.Params)
		}
	}
}

// Whoever has the answer's whole process in hand still gets no check to pass: no
// policy stands in the way of these.
func TestApartForgeries(t *testing.T) {
	g, _ := apart(t)
	const folder = "testdata/apart/forgeries"
	wrong := readFile(t, folder, "words.go")
	forgeries, err := filepath.Glob(filepath.Join(folder, "*-*.go"))
	if err != nil || len(forgeries) < 20 {
		t.Fatalf("%d forgeries: %v", len(forgeries), err)
	}
	for _, path := range forgeries {
		name := filepath.Base(path)
		t.Run(strings.TrimSuffix(name, ".go"), func(t *testing.T) {
			v, err := g.JudgeUngated(t.Context(), "words", map[string][]byte{"words.go": wrong, name: readFile(t, folder, name)})
			if err != nil {
				t.Fatal(err)
			}
			theBench(t).hold(t, v)
			if v.Outcome != grader.Failed {
				t.Errorf("outcome %s, want failed", describe(v))
			}
			for _, c := range v.Checks {
				if c.Outcome == grader.Passed {
					t.Errorf("%s has passed", c.Name)
				}
			}
			t.Log(describe(v))
		})
	}
}

func readFile(t *testing.T, folder, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// What one call leaves in memory and the next one finds there is no race; what two
// find there that run at a time, is.
func TestApartOrdersCalls(t *testing.T) {
	g, catalog := apart(t)
	ex, _ := catalog.Lookup("words")
	reference := string(ex.Reference["words.go"])
	before, after, _ := strings.Cut(reference, "\tparts := make")
	src := before + "\tcalls++\n\tparts := make" + after + "\nvar calls int\n"
	v, err := g.Judge(t.Context(), grader.Submission{Exercise: "words", Files: map[string][]byte{"words.go": []byte(src)}})
	if err != nil {
		t.Fatal(err)
	}
	theBench(t).hold(t, v)
	for _, c := range v.Checks {
		want := grader.Passed
		if c.Name == "TestServesManyAtOnce" {
			want = grader.Failed
		}
		if c.Outcome != want {
			t.Errorf("%s: %s, want %s", c.Name, c.Outcome, want)
		}
	}
	if f := v.Findings[0]; f.Kind != grader.KindRace || f.File != "words.go" {
		t.Errorf("%s at %+v, want a race in words.go", f.Key, f.Place)
	}
}

// A submission whose functions or types are others does not build, and is told so.
func TestApartHoldsTheContract(t *testing.T) {
	g, catalog := apart(t)
	ex, _ := catalog.Lookup("words")
	reference := string(ex.Reference["words.go"])
	for _, change := range [][2]string{
		{"Word", "Term"}, {"func Top(", "func TopOf("},
		{"func Count(texts ...string)", "func Count(texts []string)"},
	} {
		src := strings.ReplaceAll(reference, change[0], change[1])
		if src == reference {
			t.Fatalf("the reference has no %q", change[0])
		}
		v, err := g.Judge(t.Context(), grader.Submission{Exercise: "words", Files: map[string][]byte{"words.go": []byte(src)}})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := describe(v), "refused build.contract"; got != want {
			t.Errorf("%s: %s, want %s", change[1], got, want)
		}
	}
}

package grader_test

import (
	"os"
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
		defects, err := proof.Run(t.Context(), g, proof.Cases(ex), 2, 1, func(proof.Case) {})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range defects {
			t.Errorf("%s:%d %s %v", d.File, d.Line, d.Key, d.Params)
		}
	}
}

package grader_test

import (
	"bytes"
	"testing"

	"manche/grader"
)

// A check that uses up its time has all of it. Those after it have less, since
// somebody waits for the verdict, and what is told of them says so.
func TestLaterChecksHaveLessTime(t *testing.T) {
	ex, b := exercise(t), theBench(t)
	src := bytes.Replace(ex.Reference["search.go"], []byte("answer := make"), []byte(`if limit == time.Minute {
		for {
			time.Now()
		}
	}
	for {
		time.Now()
	}
	answer := make`), 1)
	v, err := b.Judge(t.Context(), grader.Submission{Exercise: ex.Slug, Files: map[string][]byte{"search.go": src}})
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for _, f := range v.Findings {
		if f.Key == "timeout.check" {
			got[f.Check] = f.Params["seconds"]
		}
	}
	if got["TestReturnsTheAnswer"] != "5" || got["TestGivesUpAtTheLimit"] != "2" {
		t.Errorf("seconds by check: %v, want 5 for the first and 2 for the second; %s", got, describe(v))
	}
}

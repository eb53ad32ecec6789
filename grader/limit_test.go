package grader_test

import (
	"bytes"
	"testing"

	"manche/grader"
)

// Checks after one that has used up its time have less, since somebody waits for the
// verdict, and what is told of them says so. The first one here works without end
// in virtual time; the last one has none, and waits.
func TestLaterChecksHaveLessTime(t *testing.T) {
	ex, b := exercise(t), theBench(t)
	src := bytes.Replace(ex.Reference["search.go"], []byte("answer := make"), []byte(`for limit != 0 {
		time.Sleep(time.Hour)
	}
	answer := make`), 1)
	v, err := b.Judge(t.Context(), grader.Submission{Exercise: ex.Slug, Files: map[string][]byte{"search.go": src}})
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for _, f := range v.Findings {
		got[f.Check] = f.Key + " " + f.Params["seconds"]
	}
	if got["TestReturnsTheAnswer"] != "timeout.busy " || got["TestLeavesNothingBehind"] != "timeout.check 2" {
		t.Errorf("got %v, want the first one busy and the other one out of time after 2 seconds; %s", got, describe(v))
	}
}

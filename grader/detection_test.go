package grader_test

import (
	"os"
	"testing"

	"manche/grader/proof"
)

// sampleStep is the distance between the programs of the sample: it takes about
// one of each family.
const sampleStep = 6

// TestDetectionSample gets three verdicts on a fixed sample of the known bugs, of
// which one must catch the bug, and two on each sound twin, which must pass both
// times. The whole corpus is measured by "manche bench detection".
func TestDetectionSample(t *testing.T) {
	programs, err := proof.LoadCorpus(os.DirFS("testdata/corpus"))
	if err != nil {
		t.Fatal(err)
	}
	var sample []proof.Program
	for i := 0; i < len(programs); i += sampleStep {
		sample = append(sample, programs[i])
	}
	b, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	tries := proof.Interleave(sample, map[proof.Series]int{proof.Broken: 3, proof.Sound: 2}, nil)
	var trials []proof.Trial
	err = proof.Detect(t.Context(), b, tries, 2, func(trial proof.Trial) error {
		trials = append(trials, trial)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range proof.Sum(sample, trials) {
		if d.Caught == 0 {
			t.Errorf("%s: no verdict caught the bug: %v", d.Name, d.Missed)
		}
		if d.Alarms > 0 {
			t.Errorf("%s: %d of %d verdicts on the sound twin did not pass: %v", d.Name, d.Alarms, d.Sounds, d.Missed)
		}
	}
}

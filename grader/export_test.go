package grader

import (
	"time"

	"manche/exercises"
	"manche/grader/harness"
	"manche/grader/sandbox"
)

// Assess is the verdict on runs that were read as given, each of a process that
// has ended with result.
func (g *Grader) Assess(exercise string, result sandbox.Result, runs ...harness.Run) *Verdict {
	ex, _ := g.config.Catalog.Lookup(exercise)
	return g.AssessOn(ex, result, runs...)
}

// AssessOn is Assess for an exercise that need not be the course's.
func (g *Grader) AssessOn(ex *exercises.Exercise, result sandbox.Result, runs ...harness.Run) *Verdict {
	j := &judgement{g: g, ex: ex, seed: 1}
	e := new(evidence)
	for _, r := range runs {
		if !e.add(r, result) {
			break
		}
	}
	return j.assess(e, nil)
}

// AssessTest is the verdict on a test, whose tries on each implementation were
// read as given, each of a process that has ended with result and took so long.
func (g *Grader) AssessTest(ex *exercises.Exercise, result sandbox.Result, took time.Duration, runs map[string][]harness.Run) *Verdict {
	j := g.judgement(ex, false, 1)
	var trials []*trial
	for _, impl := range ex.Implementations {
		t := &trial{Implementation: impl}
		for _, r := range runs[impl.Name] {
			t.tries = append(t.tries, newTry(r, result, took))
		}
		trials = append(trials, t)
	}
	return j.assessTrials(trials, nil)
}

// Rounds is how often each implementation is tried.
const Rounds = rounds

const AllAsleep = allAsleep

var Shape = shape

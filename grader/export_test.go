package grader

import (
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

const AllAsleep = allAsleep

var Shape = shape

// OpenWork exposes how the folder is opened below which programs are built.
var OpenWork = openWork

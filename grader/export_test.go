package grader

import (
	"context"
	"io"
	"maps"
	"slices"
	"time"

	"manche/exercises"
	"manche/grader/harness"
	"manche/grader/policy"
	"manche/grader/sandbox"
)

// Assess is the verdict on runs that were read as given, each of a process that
// has ended with result.
func (g *Grader) Assess(exercise string, result sandbox.Result, runs ...harness.Run) *Verdict {
	ex, _ := g.config.Catalog.Lookup(exercise)
	return g.AssessOn(ex, result, runs...)
}

// AssessProgram is Assess for a program that is run as it is.
func (g *Grader) AssessProgram(result sandbox.Result, runs ...harness.Run) *Verdict {
	j := &judgement{g: g, seed: 1, processors: usualProcessors, whole: true, ex: &exercises.Exercise{
		Slug: programName, Package: "main", CheckList: []string{harness.MainCheck},
	}}
	e := new(evidence)
	for _, r := range runs {
		e.add(r, result)
	}
	v := j.assess(e, nil)
	j.ofProgram(v.Findings)
	return v
}

// AssessOn is Assess for an exercise that need not be the course's.
func (g *Grader) AssessOn(ex *exercises.Exercise, result sandbox.Result, runs ...harness.Run) *Verdict {
	j := g.judgement(ex, false, 1)
	e := new(evidence)
	for _, r := range runs {
		if !e.add(r, result) {
			break
		}
	}
	return j.assess(e, nil)
}

// JudgeUngated is Judge without the policy: whatever compiles is run.
func (g *Grader) JudgeUngated(ctx context.Context, exercise string, files map[string][]byte) (*Verdict, error) {
	ex, _ := g.config.Catalog.Lookup(exercise)
	j := g.judgement(ex, false, 1)
	j.terms.orders.CheckMS = int(time.Second.Milliseconds())
	b := new(built)
	defer b.discard()
	b.result = policy.Check(files, policy.Rules{Package: ex.Package, Files: slices.Sorted(maps.Keys(files)), Importer: g.importer, Own: true})
	if b.result.Package == nil {
		return j.refused(b.result), nil
	}
	checks, err := j.checks()
	if err != nil {
		return nil, err
	}
	j.pkg, b.program = b.result.Package, checks.Program(b.result.Package)
	if err := j.compile(ctx, b); err != nil {
		return nil, err
	}
	seen, err := j.runs(ctx, b.program, b.binary)
	if err != nil {
		return nil, err
	}
	return j.assess(seen, b.remarks), nil
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

// NamesInTries returns the names that a test's functions have in each of its tries.
func (g *Grader) NamesInTries(ex *exercises.Exercise, files map[string][]byte) ([]string, error) {
	trials, _, err := g.judgement(ex, false, 1).checkTest(files)
	var names []string
	for _, t := range trials {
		for _, p := range t.programs {
			for _, name := range p.Checks {
				if !slices.Contains(p.Others, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names, err
}

// BusyPlace is where the code in src, a file prog.go, is busy in a dump.
func (g *Grader) BusyPlace(src, dump string) Place {
	files := map[string][]byte{"prog.go": []byte(src)}
	j := g.judgement(&exercises.Exercise{Package: "prog", Editable: []string{"prog.go"}}, false, 1)
	j.pkg = policy.Check(files, policy.Rules{Package: "prog", Files: []string{"prog.go"}, Importer: g.importer, Own: true}).Package
	return j.busyPlace(dump)
}

// Rounds is how often each implementation is tried.
const Rounds = rounds

const AllAsleep = allAsleep

var Shape = shape

// OpenWork exposes how the folder is opened below which programs are built.
var OpenWork = openWork

// OpenWith has the grader read the archives of packages by open, until what it
// returns is called.
func (g *Grader) OpenWith(open func(path string) (io.ReadCloser, error)) (restore func()) {
	judging, reading := g.importer, g.importers
	g.importer, g.importers = newImports(open), make(chan *imports, 1)
	g.importers <- newImports(open)
	return func() { g.importer, g.importers = judging, reading }
}

// TakeUnfinished reports whether what is built ahead and never comes is given up.
func TakeUnfinished(ctx context.Context) bool {
	var a ahead
	a.begin("it")
	return a.take(ctx, "it") == nil
}

// RevisionOf is a hash of files in groups.
var RevisionOf = revisionOf

// Sources are the files that the revision is a hash of, and tests, which are left out.
var Sources = sources

package grader

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"manche/exercises"
	"manche/grader/harness"
	"manche/grader/policy"
)

// Program is a whole program that somebody wants to see run: a package main that
// does without tests, and that nobody has to trust.
type Program struct {
	// Files are the sources by name; the grader does not modify them. The policy for
	// submissions holds for them.
	Files map[string][]byte
	// Seed and Processors are those of a [Submission].
	Seed       uint64
	Processors int
}

// Ran is what a program did.
type Ran struct {
	// Verdict is as on a submission whose one check, called "main", is that the
	// program runs and comes to its end by itself, leaving nothing behind.
	Verdict *Verdict
	// Outputs are what its runs printed, on both streams, the words of Go's runtime
	// and of the race detector included: first as it stands, then perturbed. Each
	// is as long as the sandbox lets it be. There is none where nothing ran.
	Outputs []string
}

// Bounds of the runs of a program, each of which is a process of its own.
const (
	// programLeast run whatever they cost: one as it stands, and two perturbed.
	programLeast = 3
	// programBudget ends the runs beyond these: somebody is waiting.
	programBudget = 400 * time.Millisecond
)

// programName is the exercise in the verdict on a program.
const programName = "main"

// Run runs a program behind the walls that submissions are judged behind: as it
// stands, and then again under seeded delays until something is found, the budget is
// spent or the grader's repetitions are made. The error is about us, never about
// the program; when ctx ends, it is ctx's.
func (g *Grader) Run(ctx context.Context, p Program) (*Ran, error) {
	j := g.judgement(&exercises.Exercise{
		Slug: programName, Package: "main", Editable: slices.Sorted(maps.Keys(p.Files)),
		CheckList: []string{harness.MainCheck}, Revision: revisionOf(p.Files),
	}, false, p.Seed)
	j.whole = true
	j.terms.orders.Least, j.terms.orders.BudgetMS = programLeast, int(programBudget.Milliseconds())
	if p.Processors > 0 {
		j.processors = p.Processors
		j.terms.program.Env = judgedEnv(j.processors)
	}
	g.judging.Add(1)
	defer g.judging.Add(-1)
	ran, err := j.runWhole(ctx, p.Files)
	if err != nil {
		return nil, fmt.Errorf("running a program: %w", err)
	}
	return ran, nil
}

func (j *judgement) runWhole(ctx context.Context, files map[string][]byte) (*Ran, error) {
	b := j.build(ctx, files)
	defer b.discard()
	j.pkg = b.result.Package
	if v, err := j.unbuilt(b); v != nil || err != nil {
		return &Ran{Verdict: v}, err
	}
	seen, err := j.runsAnew(ctx, b.program, b.binary)
	if err != nil {
		return nil, err
	}
	ran := &Ran{Verdict: j.assess(seen, b.remarks)}
	for _, a := range seen.attempts {
		// The driver parts the output by lines of its own.
		ran.Outputs = append(ran.Outputs, strings.TrimSuffix(strings.TrimPrefix(a.Output, "\n"), "\n"))
	}
	return ran, nil
}

// mainless complains of a program that has no beginning, in Go's own words.
func mainless(pkg *policy.Package) []policy.Complaint {
	if pkg.Types.Scope().Lookup("main") != nil { // which is a function, or does not compile
		return nil
	}
	return []policy.Complaint{{Key: "build.other", Params: map[string]string{"message": "function main is undeclared in the main package"}}}
}

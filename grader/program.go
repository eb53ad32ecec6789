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
	"manche/grader/sandbox"
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
	// End is how the first of them ended; the zero End where nothing ran.
	End End
}

// End is how a run of a program came to its end.
type End struct {
	// Stop is [Returned], [Stuck], or what the sandbox says. After
	// [sandbox.Exited] the program died, by a panic say, with the ExitCode.
	Stop     sandbox.Stop
	ExitCode int
	// Took is the time of its process, what it takes to look for what was left
	// behind included.
	Took time.Duration
	// OutputCut tells that it printed more than is kept.
	OutputCut bool
}

// How a run can end besides what the sandbox knows of.
const (
	Returned sandbox.Stop = "returned" // main did
	Stuck    sandbox.Stop = "stuck"    // it was seen not to come to its end
)

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
	return g.Follow(ctx, p, func(Progress) {})
}

// Follow is Run, and tells observe how far it is, one call at a time: of each stage
// as it begins, of findings as soon as they are known, and of what the program
// prints, as it comes. All the outputs that it tells of are together the first of
// the Outputs. The program waits for observe, which should be quick.
func (g *Grader) Follow(ctx context.Context, p Program, observe func(Progress)) (*Ran, error) {
	j := g.judgement(&exercises.Exercise{
		Slug: programName, Package: "main", Editable: slices.Sorted(maps.Keys(p.Files)),
		CheckList: []string{harness.MainCheck}, Revision: revisionOf(p.Files),
	}, false, p.Seed)
	j.whole, j.observe = true, inTurn(observe)
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
	j.observe(Progress{Stage: StageChecking})
	b := j.build(ctx, files)
	defer b.discard()
	j.pkg = b.result.Package
	if v, err := j.unbuilt(b); v != nil || err != nil {
		if v != nil {
			j.ofProgram(v.Findings)
		}
		return &Ran{Verdict: v}, err
	}
	j.observe(Progress{Stage: StageRunning})
	seen, err := j.runsAnew(ctx, b.program, b.binary)
	if err != nil {
		return nil, err
	}
	ran := &Ran{Verdict: j.assess(seen, b.remarks), End: seen.end()}
	j.ofProgram(ran.Verdict.Findings)
	for _, a := range seen.attempts {
		// The driver parts the output by lines of its own.
		ran.Outputs = append(ran.Outputs, strings.TrimSuffix(strings.TrimPrefix(a.Output, "\n"), "\n"))
	}
	return ran, nil
}

// end is how the first process of a program ended.
func (e *evidence) end() End {
	end := End{Stop: e.first.Stop, Took: e.first.Wall, OutputCut: e.first.OutputCut}
	switch {
	case e.first.Stop != sandbox.Exited || len(e.attempts) == 0:
	case e.attempts[0].Ended && e.attempts[0].death == nil:
		end.Stop = Returned
	case e.attempts[0].Stuck:
		end.Stop = Stuck
	default:
		end.ExitCode = e.first.ExitCode
	}
	return end
}

// ofPrograms are the keys of findings whose sentences speak of an exercise or of its
// checks, and those that say the same of a program.
var ofPrograms = map[string]string{
	"policy.package_name":  "policy.package_name_program",
	"policy.import":        "policy.import_program",
	"policy.member":        "policy.member_program",
	"policy.foreign_write": "policy.foreign_write_program",
	"panic.exit":           "panic.exit_program",
	"leak.waiting":         "leak.waiting_program",
	"deadlock.stalled":     "deadlock.stalled_program",
	"timeout.check":        "timeout.check_program",
	"timeout.busy":         "timeout.busy_program",
}

// ofProgram gives findings on a whole program the keys of such.
func (j *judgement) ofProgram(list []Finding) {
	for i := range list {
		if key, ok := ofPrograms[list[i].Key]; ok && j.whole {
			list[i].Key = key
		}
	}
}

// mainless complains of a program that has no beginning, in Go's own words.
func mainless(pkg *policy.Package) []policy.Complaint {
	if pkg.Types.Scope().Lookup("main") != nil { // which is a function, or does not compile
		return nil
	}
	return []policy.Complaint{{Key: "build.other", Params: map[string]string{"message": "function main is undeclared in the main package"}}}
}

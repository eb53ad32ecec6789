package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"manche/cmd/manche/figures"
	"manche/exercises"
	"manche/grader/build"
	"manche/grader/proof"
	"manche/grader/sandbox"
	"manche/lessons"
)

// author groups the verbs of those who write the course.
func (p *program) author() *cobra.Command {
	cmd := &cobra.Command{Use: "author", Short: p.say("cli.author")}
	cmd.AddCommand(p.authorCheck(), p.authorPreview(), p.authorNew(), p.authorI18n())
	return cmd
}

// checkOptions are what author check can be told.
type checkOptions struct {
	only         []string // exercises
	quick, again bool
	json         bool
}

// effort is how much is asked of each answer.
func (o checkOptions) effort() proof.Effort {
	if o.quick {
		return proof.Quick
	}
	return proof.Whole
}

// programs is how many programs of the lessons are to run.
func (o checkOptions) programs(course *lessons.Course) int {
	if len(o.only) > 0 {
		return 0
	}
	return len(course.Programs())
}

// authorCheck is the verb that proves the course.
func (p *program) authorCheck() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use: "check", Short: p.say("cli.author_check"), Long: p.say("cli.author_check.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := p.findCourse(); err != nil {
				return err
			}
			d, err := p.draft()
			if err != nil {
				return err
			}
			chosen, err := p.toProve(d, o.only)
			if err != nil {
				return err
			}
			result, err := p.prove(cmd.Context(), d, chosen, o)
			if err != nil {
				return err
			}
			result.Defects = append(d.defects, result.Defects...)
			return p.concludeCheck(result, o.json)
		},
	}
	cmd.Flags().StringSliceVar(&o.only, "exercise", nil, p.say("cli.flag.check_exercise"))
	cmd.Flags().BoolVar(&o.quick, "quick", false, p.say("cli.flag.quick"))
	cmd.Flags().BoolVar(&o.json, "json", false, p.say("cli.flag.check_json"))
	cmd.Flags().BoolVar(&o.again, "again", false, p.say("cli.flag.again"))
	return cmd
}

// toProve lists the exercises with these names; no name stands for all of them.
// One that is too broken to be proven is not there, and what is wrong with it is.
func (p *program) toProve(d draft, names []string) ([]*exercises.Exercise, error) {
	if len(names) == 0 {
		return d.catalog.All(), nil
	}
	return p.chosen(d.catalog, slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		_, sound := d.catalog.Lookup(name)
		return !sound && slices.ContainsFunc(d.defects, func(d exercises.Defect) bool {
			return strings.HasPrefix(d.File+"/", "exercises/"+name+"/") // the folder itself, or a file in it
		})
	}))
}

// checked is what a check came to.
type checked struct {
	*proof.Result
	Programs         int // of the lessons, that ran
	ProgramsRecalled int // of them, those that nothing had changed for
}

// prove gets the verdicts on every known answer to the chosen exercises, and on
// mutants of their references, three at a time for each processor: many wait, and
// what holds only on an idle machine does not hold. Then it runs the programs of the
// lessons, unless only some exercises were asked for.
func (p *program) prove(ctx context.Context, d draft, chosen []*exercises.Exercise, o checkOptions) (*checked, error) {
	if len(o.only) > 0 && len(chosen) == 0 {
		return &checked{Result: &proof.Result{}}, nil
	}
	cases, stale, err := casesOf(chosen)
	if err != nil {
		return nil, err
	}
	j, err := p.openJudging(ctx, d.catalog, sandbox.Config{})
	if err != nil {
		return nil, err
	}
	defer j.close()
	j.Warm(runtime.NumCPU())
	memory, err := rememberProofs(ctx, j)
	if err != nil {
		return nil, err
	}
	samples := o.programs(d.course)
	progress := figures.NewProgress(p.err, isTerminal(p.err), p.voice(), "cli.author_progress", len(cases)+samples)
	defer progress.End()
	result, err := proof.Run(ctx, proof.Plan{
		Judge: j, Effort: o.effort(), Workers: 3 * runtime.NumCPU(), Memory: memory, Again: o.again,
		Done: func(proof.Case) { progress.Step() },
	}, cases)
	if err != nil {
		return nil, err
	}
	result.Defects = slices.Concat(stale, result.Defects)
	r := &checked{Result: result, Programs: samples}
	if samples == 0 {
		return r, nil
	}
	runner := &programs{Samples: proof.Samples{Runner: j, Effort: o.effort(), Memory: memory, Again: o.again}, step: progress.Step}
	found, err := d.course.Prove(ctx, runner, 2*runtime.NumCPU())
	r.Defects, r.ProgramsRecalled = append(r.Defects, found...), runner.recalled
	return r, err
}

// casesOf lists what the exercises are proven by, and marks of no mutant.
func casesOf(chosen []*exercises.Exercise) (cases []proof.Case, stale []exercises.Defect, err error) {
	for _, ex := range chosen {
		list, err := proof.Cases(ex)
		if err != nil {
			return nil, nil, err
		}
		cases = append(cases, list...)
		stale = append(stale, proof.Stale(ex, list)...)
	}
	return cases, stale, nil
}

// rememberProofs opens the memory of what was proven by the same tools.
func rememberProofs(ctx context.Context, j judging) (*proof.Memory, error) {
	toolchain, err := build.Find(ctx)
	if err != nil {
		return nil, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("finding the user's cache folder: %w", err)
	}
	return proof.Remember(filepath.Join(cache, "manche", "proofs"), toolchain.Version+" "+string(j.sandbox.Tier()))
}

package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"manche/cmd/manche/figures"
	"manche/cmd/manche/measure"
	"manche/exercises"
	"manche/grader"
	"manche/grader/build"
	"manche/grader/sandbox"
)

// benchOptions are what the verb can be told.
type benchOptions struct {
	exercises               []string
	rounds, verdicts, after uint
	cold, strict, asJSON    bool
	readme                  string
}

// benchSection is the place of the report in the README.
const benchSection = figures.Section("bench")

// bench is the verb that measures how fast verdicts are, and groups the others
// that measure.
func (p *program) bench() *cobra.Command {
	var o benchOptions
	cmd := &cobra.Command{
		Use: "bench", Short: p.say("cli.bench"), Long: p.say("cli.bench.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.rounds == 0 || o.verdicts == 0 || o.after == 0 {
				return p.usage("cli.bench.least")
			}
			if err := p.checkReadme(benchSection, o.readme); err != nil {
				return err
			}
			report, err := p.measure(cmd.Context(), o)
			if err != nil {
				return err
			}
			return p.deliverBench(o, report)
		},
	}
	cmd.Flags().StringSliceVar(&o.exercises, "exercise", []string{"fix-the-leak"}, p.say("cli.flag.bench_exercise"))
	cmd.Flags().UintVar(&o.rounds, "rounds", 15, p.say("cli.flag.rounds"))
	cmd.Flags().UintVar(&o.verdicts, "verdicts", 20, p.say("cli.flag.verdicts"))
	cmd.Flags().UintVar(&o.after, "after", 200, p.say("cli.flag.after"))
	cmd.Flags().BoolVar(&o.cold, "cold", false, p.say("cli.flag.cold"))
	cmd.Flags().BoolVar(&o.strict, "strict", false, p.say("cli.flag.strict"))
	cmd.Flags().StringVar(&o.readme, "readme", "", p.say("cli.flag.readme"))
	cmd.Flags().BoolVar(&o.asJSON, "json", false, p.say("cli.flag.bench_json"))
	cmd.AddCommand(p.detection(), p.walls(), p.fuzz(), p.benchSite())
	return cmd
}

// measure makes all measurements.
func (p *program) measure(ctx context.Context, o benchOptions) (*measure.Report, error) {
	catalog, err := p.catalog()
	if err != nil {
		return nil, err
	}
	c, err := p.measured(ctx, catalog, o)
	if err != nil {
		return nil, err
	}
	setting := measure.Setting{
		Setting: figures.Now(ctx, c.Toolchain.Version, o.command()), Load: measure.Load(), Rounds: c.Rounds,
	}
	full, err := p.openJudgingIn(ctx, catalog, sandbox.Config{})
	if err != nil {
		return nil, err
	}
	defer full.close()
	once, err := grader.New(ctx, grader.Config{Catalog: catalog, Toolchain: c.Toolchain, Sandbox: full.sandbox, Repetitions: 1}, nil)
	if err != nil {
		return nil, err
	}
	defer once.Close()
	if err := full.PrepareLinker(ctx); err != nil {
		return nil, err
	}
	setting.Tier = string(full.sandbox.Tier())
	c.Grader, c.Once, c.Box = warmed{full.Grader}, warmed{once}, full.sandbox
	progress := figures.NewProgress(p.err, isTerminal(p.err), p.voice(), "cli.bench.progress", c.Steps())
	defer progress.End()
	c.Step = progress.Step
	results, err := measure.Run(ctx, c)
	if err != nil {
		return nil, err
	}
	return measure.NewReport(setting, results), nil
}

// measured is what is to be measured; the graders are still to be opened.
func (p *program) measured(ctx context.Context, catalog *exercises.Catalog, o benchOptions) (measure.Config, error) {
	chosen, err := p.chosen(catalog, o.exercises)
	if err != nil {
		return measure.Config{}, err
	}
	toolchain, err := build.Find(ctx)
	if err != nil {
		return measure.Config{}, err
	}
	if !toolchain.Race {
		return measure.Config{}, p.usage("cli.bench.no_race")
	}
	self, err := os.Executable()
	if err != nil {
		return measure.Config{}, fmt.Errorf("finding this program: %w", err)
	}
	return measure.Config{
		Exercises: chosen, Toolchain: toolchain, Program: self,
		Rounds: int(o.rounds), Verdicts: int(o.verdicts), After: int(o.after), Cold: o.cold,
	}, nil
}

// warmed is a grader that keeps as much ready as that of a server does.
type warmed struct{ *grader.Grader }

// Watch judges, and makes the next judgement ready.
func (w warmed) Watch(ctx context.Context, sub grader.Submission, observe func(grader.Progress)) (*grader.Verdict, error) {
	defer w.Warm(runtime.NumCPU())
	return w.Grader.Watch(ctx, sub, observe)
}

// chosen looks the exercises up.
func (p *program) chosen(catalog *exercises.Catalog, names []string) ([]*exercises.Exercise, error) {
	var list []*exercises.Exercise
	for _, name := range names {
		ex, ok := catalog.Lookup(name)
		if !ok {
			return nil, p.usage("cli.no_such_exercise", "name", name, "names", strings.Join(slugs(catalog), ", "))
		}
		list = append(list, ex)
	}
	return list, nil
}

// command is how to measure the same again.
func (o benchOptions) command() string {
	command := "go run ./cmd/manche bench --exercise " + strings.Join(o.exercises, ",") + " --rounds " + strconv.Itoa(int(o.rounds)) +
		" --verdicts " + strconv.Itoa(int(o.verdicts)) + " --after " + strconv.Itoa(int(o.after))
	if o.cold {
		command += " --cold"
	}
	return command
}

// deliverBench delivers a report. Targets that were missed are a failure where that
// was asked for.
func (p *program) deliverBench(o benchOptions, r *measure.Report) error {
	if err := p.deliverReport(benchSection, o.readme, o.asJSON, r); err != nil {
		return err
	}
	if o.strict && !r.Met() {
		return &outcomeError{exitFailed}
	}
	return nil
}

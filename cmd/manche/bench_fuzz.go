package main

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"manche/cmd/manche/figures"
	"manche/cmd/manche/fuzzing"
)

// fuzzOptions are what the verb can be told.
type fuzzOptions struct {
	length  time.Duration
	atATime uint
	targets []string
	readme  string
	resume  string
	asJSON  bool
}

// fuzzSection is the place of the report in the README.
const fuzzSection = figures.Section("fuzz")

// fuzz is the verb that runs all fuzz targets of the module in the working folder.
func (p *program) fuzz() *cobra.Command {
	var o fuzzOptions
	cmd := &cobra.Command{
		Use: "fuzz", Short: p.say("cli.fuzz"), Long: p.say("cli.fuzz.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.length < time.Second || o.length%time.Second != 0 || o.atATime == 0 {
				return p.usage("cli.fuzz.least")
			}
			if err := p.checkReadme(fuzzSection, o.readme); err != nil {
				return err
			}
			report, err := p.fuzzAll(cmd.Context(), o)
			if err != nil {
				return err
			}
			return p.deliverFuzz(o, report)
		},
	}
	cmd.Flags().DurationVar(&o.length, "for", 10*time.Minute, p.say("cli.flag.fuzz_for"))
	cmd.Flags().UintVar(&o.atATime, "at-a-time", uint(runtime.NumCPU()), p.say("cli.flag.at_a_time"))
	cmd.Flags().StringSliceVar(&o.targets, "target", nil, p.say("cli.flag.fuzz_target"))
	cmd.Flags().StringVar(&o.resume, "resume", "", p.say("cli.flag.fuzz_resume"))
	cmd.Flags().StringVar(&o.readme, "readme", "", p.say("cli.flag.readme"))
	cmd.Flags().BoolVar(&o.asJSON, "json", false, p.say("cli.flag.bench_json"))
	return cmd
}

// fuzzAll runs the targets that were asked for, every one unless some are named.
func (p *program) fuzzAll(ctx context.Context, o fuzzOptions) (*fuzzing.Report, error) {
	targets, err := fuzzing.Find(ctx)
	if err != nil {
		return nil, err
	}
	if targets, err = p.fuzzTargets(targets, o.targets); err != nil {
		return nil, err
	}
	before := new(fuzzing.Report)
	if o.resume != "" {
		if before, err = fuzzing.Load(o.resume); err != nil {
			return nil, err
		}
	}
	rest := before.Rest(targets, o.length)
	setting := fuzzing.Setting{
		Setting: figures.Now(ctx, runtime.Version(), o.command()), Seconds: int(o.length.Seconds()), AtATime: int(o.atATime),
	}
	progress := figures.NewProgress(p.err, isTerminal(p.err), p.voice(), "cli.fuzz.progress", len(rest))
	defer progress.End()
	outcomes, err := fuzzing.Run(ctx, rest, fuzzing.Config{
		For: o.length, AtATime: int(o.atATime), Commit: setting.Commit, Finished: func(fuzzing.Outcome) { progress.Step() },
	})
	if err != nil {
		return nil, err
	}
	r := fuzzing.NewReport(setting, before.With(targets, o.length, outcomes))
	if o.resume != "" {
		return r, r.Save(o.resume)
	}
	return r, nil
}

// fuzzTargets picks the named ones; all of them where none is named.
func (p *program) fuzzTargets(all []fuzzing.Target, names []string) ([]fuzzing.Target, error) {
	if len(all) == 0 {
		return nil, p.usage("cli.fuzz.none")
	}
	if len(names) == 0 {
		return all, nil
	}
	var known []string
	byName := make(map[string][]fuzzing.Target)
	for _, t := range all {
		byName[t.Name] = append(byName[t.Name], t)
		known = append(known, t.Name)
	}
	var picked []fuzzing.Target
	for _, name := range names {
		if len(byName[name]) == 0 {
			return nil, p.usage("cli.fuzz.no_such_target", "name", name, "names", strings.Join(known, ", "))
		}
		picked = append(picked, byName[name]...)
	}
	return picked, nil
}

// command is how to do the same again.
func (o fuzzOptions) command() string {
	command := fmt.Sprintf("go run ./cmd/manche bench fuzz --for %v --at-a-time %d", o.length, o.atATime)
	if len(o.targets) > 0 {
		command += " --target " + strings.Join(o.targets, ",")
	}
	return command
}

// deliverFuzz delivers a report, with what the go command said of each target that
// was not held.
func (p *program) deliverFuzz(o fuzzOptions, r *fuzzing.Report) error {
	for _, t := range r.Targets {
		if !t.Held {
			fmt.Fprintf(p.err, "%s.%s:\n%s\n", t.Package, t.Name, t.Output)
		}
	}
	if err := p.deliverReport(fuzzSection, o.readme, o.asJSON, r); err != nil {
		return err
	}
	if !r.Held {
		return &outcomeError{exitFailed}
	}
	return nil
}

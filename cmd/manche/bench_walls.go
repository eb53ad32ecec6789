package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"manche/cmd/manche/figures"
	"manche/cmd/manche/walls"
	"manche/grader/attack"
	"manche/grader/build"
	"manche/grader/sandbox"
)

// wallsOptions are what the verb can be told.
type wallsOptions struct {
	root, readme string
	sample       uint
	asJSON       bool
}

// wallsSection is the place of the report in the README.
const wallsSection = figures.Section("walls")

// walls is the verb that shows that every rule is held by a test.
func (p *program) walls() *cobra.Command {
	var o wallsOptions
	cmd := &cobra.Command{
		Use: "walls", Short: p.say("cli.walls"), Long: p.say("cli.walls.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			mutants, err := walls.Mutants(o.root)
			if err != nil {
				return err
			}
			if err := p.checkReadme(wallsSection, o.readme); err != nil {
				return err
			}
			report, err := p.loosen(cmd.Context(), o, mutants)
			if err != nil {
				return err
			}
			return p.deliverWalls(o, report)
		},
	}
	cmd.Flags().StringVar(&o.root, "root", ".", p.say("cli.flag.walls_root"))
	cmd.Flags().UintVar(&o.sample, "sample", 0, p.say("cli.flag.walls_sample"))
	cmd.Flags().StringVar(&o.readme, "readme", "", p.say("cli.flag.readme"))
	cmd.Flags().BoolVar(&o.asJSON, "json", false, p.say("cli.flag.detection_json"))
	return cmd
}

// loosen tries the mutants, or a sample of them.
func (p *program) loosen(ctx context.Context, o wallsOptions, all []walls.Mutant) (_ *walls.Report, err error) {
	toolchain, err := build.Find(ctx)
	if err != nil {
		return nil, err
	}
	setting, chosen := figures.Now(ctx, toolchain.Version, o.command()), walls.Sample(all, int(o.sample))
	tier, err := tierHere(ctx)
	if err != nil {
		return nil, err
	}
	work, err := os.MkdirTemp("", "manche-walls-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for mutants: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	bench, err := wallsBench(ctx, o.root, work, toolchain, chosen)
	if err != nil {
		return nil, err
	}
	progress := figures.NewProgress(p.err, isTerminal(p.err), p.voice(), "cli.detection.progress", len(chosen))
	defer progress.End()
	var trials []walls.Trial
	err = bench.All(ctx, runtime.NumCPU(), func(t walls.Trial) {
		trials = append(trials, t)
		if !t.Held() { // not at the end of a long series only
			fmt.Fprintf(p.err, "%s\n", strings.TrimSpace(t.Place()+"\n"+t.Fault))
		}
		progress.Step()
	})
	return walls.NewReport(walls.Setting{Setting: setting, Tier: tier, Rules: len(all), Took: time.Since(setting.Date)}, trials), err
}

// tierHere is the tier of the sandbox that the tests will use.
func tierHere(ctx context.Context) (string, error) {
	box, err := sandbox.Open(ctx, sandbox.Config{})
	if err != nil {
		return "", err
	}
	return string(box.Tier()), box.Close()
}

// wallsBench builds what the tests of all mutants need, in work.
func wallsBench(ctx context.Context, root, work string, t build.Toolchain, mutants []walls.Mutant) (*walls.Bench, error) {
	programs := filepath.Join(work, "programs")
	// Everyone may execute the programs, which are run as somebody else.
	if err := errors.Join(os.Chmod(work, 0o755), os.Mkdir(programs, 0o755)); err != nil {
		return nil, fmt.Errorf("making a folder for mutants: %w", err)
	}
	if _, err := attack.Build(ctx, t, programs); err != nil {
		return nil, err
	}
	cache, err := exec.CommandContext(ctx, "go", "env", "GOCACHE").Output()
	if err != nil {
		return nil, fmt.Errorf("asking go for its cache: %w", err)
	}
	return walls.NewBench(ctx, root, work, mutants,
		"MANCHE_SANDBOX_TEST_PROGRAMS="+programs, "GOCACHE="+strings.TrimSpace(string(cache)))
}

// command is how to try the same again.
func (o wallsOptions) command() string {
	command := "go run ./cmd/manche bench walls"
	if o.sample > 0 {
		command += " --sample " + strconv.Itoa(int(o.sample))
	}
	return command
}

// deliverWalls delivers a report. A rule that nobody misses is a failure.
func (p *program) deliverWalls(o wallsOptions, r *walls.Report) error {
	if err := p.deliverReport(wallsSection, o.readme, o.asJSON, r); err != nil {
		return err
	}
	if !r.Held() {
		return &outcomeError{exitFailed}
	}
	return nil
}

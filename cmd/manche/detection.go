package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"

	"manche/cmd/manche/detection"
	"manche/cmd/manche/figures"
	"manche/grader"
	"manche/grader/build"
	"manche/grader/proof"
)

// detectionOptions are what the verb can be told.
type detectionOptions struct {
	corpus, resume, readme string
	broken, sound, plain   uint // tries of each program
	busy, asJSON           bool
}

// detection is the verb that measures how well the grader finds known bugs.
func (p *program) detection() *cobra.Command {
	var o detectionOptions
	cmd := &cobra.Command{
		Use: "detection", Short: p.say("cli.detection"), Long: p.say("cli.detection.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			programs, err := proof.LoadCorpus(os.DirFS(o.corpus))
			if err != nil {
				return err
			}
			if err := p.checkReadme(detectionSection, o.readme); err != nil {
				return err
			}
			report, err := p.detect(cmd.Context(), o, programs)
			if err != nil {
				return err
			}
			return p.deliverDetection(o, report)
		},
	}
	cmd.Flags().StringVar(&o.corpus, "corpus", "grader/testdata/corpus", p.say("cli.flag.corpus"))
	cmd.Flags().UintVar(&o.broken, "broken", 50, p.say("cli.flag.broken"))
	cmd.Flags().UintVar(&o.sound, "sound", 31, p.say("cli.flag.sound"))
	cmd.Flags().UintVar(&o.plain, "plain", 50, p.say("cli.flag.plain"))
	cmd.Flags().BoolVar(&o.busy, "busy", false, p.say("cli.flag.busy"))
	cmd.Flags().StringVar(&o.resume, "resume", "", p.say("cli.flag.resume"))
	cmd.Flags().StringVar(&o.readme, "readme", "", p.say("cli.flag.readme"))
	cmd.Flags().BoolVar(&o.asJSON, "json", false, p.say("cli.flag.detection_json"))
	return cmd
}

// detectionSection is the place of the report in the README.
const detectionSection = figures.Section("detection")

// detect makes all tries that are left, and sums up.
func (p *program) detect(ctx context.Context, o detectionOptions, programs []proof.Program) (*detection.Report, error) {
	toolchain, err := build.Find(ctx)
	if err != nil {
		return nil, err
	}
	setting := detection.Setting{
		Setting: figures.Now(ctx, toolchain.Version, o.command()), Busy: o.busy, Repetitions: grader.DefaultRepetitions,
	}
	trials, keep, err := p.journal(o.resume, proof.Conditions{
		Grader: grader.Revision(), Corpus: proof.CorpusRevision(programs), Toolchain: toolchain.Version, Busy: o.busy,
	})
	if err != nil {
		return nil, err
	}
	defer keep.Close()
	if o.busy {
		defer detection.StartLoad(runtime.NumCPU())()
	}
	verdicts := map[proof.Series]int{proof.Broken: int(o.broken), proof.Sound: int(o.sound)}
	made, err := p.tryAll(ctx, series{
		verdicts: proof.Interleave(programs, verdicts, trials),
		plain:    proof.Interleave(programs, map[proof.Series]int{proof.Plain: int(o.plain)}, trials),
	}, keep)
	if err != nil {
		return nil, err
	}
	return detection.NewReport(setting, programs, append(trials, made...)), nil
}

// command is how to measure the same again; where to keep what, and for whom,
// makes no difference.
func (o detectionOptions) command() string {
	command := "go run ./cmd/manche bench detection --broken " + strconv.Itoa(int(o.broken)) +
		" --sound " + strconv.Itoa(int(o.sound)) + " --plain " + strconv.Itoa(int(o.plain))
	if o.busy {
		command += " --busy"
	}
	return command
}

// deliverDetection delivers a report. What was not reached is a failure.
func (p *program) deliverDetection(o detectionOptions, r *detection.Report) error {
	if !o.asJSON {
		p.showPrograms(r.Programs)
	}
	if err := p.deliverReport(detectionSection, o.readme, o.asJSON, r); err != nil {
		return err
	}
	if !r.Met() {
		return &outcomeError{exitFailed}
	}
	return nil
}

// showPrograms prints a row for each program, and an empty line.
func (p *program) showPrograms(list []proof.Detection) {
	for _, d := range list {
		fmt.Fprintf(p.out, "%-70s %3d/%d %3d/%d %3d/%d %3d/%d\n", d.Name, d.Caught, d.Verdicts, d.Placed, d.Verdicts, d.Alarms, d.Sounds, d.Escapes, d.Plains)
		for _, missed := range d.Missed[:min(len(d.Missed), 3)] {
			fmt.Fprintf(p.err, "    %s\n", missed)
		}
	}
	fmt.Fprintln(p.out)
}

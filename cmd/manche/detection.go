package main

import (
	"fmt"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"manche/grader/proof"
)

// detection is the verb that measures how well the grader finds known bugs.
func (p *program) detection() *cobra.Command {
	var corpus string
	var broken, sound int
	cmd := &cobra.Command{
		Use: "detection", Short: p.say("cli.detection"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			programs, err := proof.LoadCorpus(os.DirFS(corpus))
			if err != nil {
				return err
			}
			catalog, err := p.catalog()
			if err != nil {
				return err
			}
			j, err := p.openJudging(cmd.Context(), catalog, false)
			if err != nil {
				return err
			}
			defer j.close()
			j.Warm(runtime.NumCPU())
			results, err := proof.Detect(cmd.Context(), j, programs, broken, sound, runtime.NumCPU(), p.showDetection)
			if err != nil {
				return err
			}
			return p.sumDetections(results)
		},
	}
	cmd.Flags().StringVar(&corpus, "corpus", "grader/testdata/corpus", p.say("cli.flag.corpus"))
	cmd.Flags().IntVar(&broken, "broken", 50, p.say("cli.flag.broken"))
	cmd.Flags().IntVar(&sound, "sound", 31, p.say("cli.flag.sound"))
	return cmd
}

// showDetection prints one row as it comes.
func (p *program) showDetection(d proof.Detection) {
	fmt.Fprintf(p.out, "%-44s %-9s %3d/%d  %3d/%d  %d/%d\n", d.Program.Name, d.Program.Kind, d.Caught, d.Verdicts, d.Placed, d.Verdicts, d.Alarms, d.Sounds)
	for i, missed := range d.Missed {
		if i == 3 {
			break
		}
		fmt.Fprintf(p.err, "    %s\n", missed)
	}
}

// sumDetections prints the means. A false alarm, or a program that one verdict
// finds in less than nine of ten, is a failure.
func (p *program) sumDetections(results []proof.Detection) error {
	const least = 0.9
	var caught, placed, verdicts, alarms, sounds int
	weak := 0
	for _, d := range results {
		caught, placed, verdicts = caught+d.Caught, placed+d.Placed, verdicts+d.Verdicts
		alarms, sounds = alarms+d.Alarms, sounds+d.Sounds
		if float64(d.Caught) < least*float64(d.Verdicts) {
			weak++
		}
	}
	fmt.Fprintln(p.out, p.say("cli.detection.sum", "programs", len(results),
		"caught", share(caught, verdicts), "placed", share(placed, verdicts),
		"weak", weak, "alarms", alarms, "sounds", sounds))
	if alarms > 0 || weak > 0 {
		return &outcomeError{exitFailed}
	}
	return nil
}

// share prints a part of a whole with three decimals.
func share(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(part)/float64(whole))
}

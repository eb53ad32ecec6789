package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"manche/content"
	"manche/exercises"
	"manche/grader/proof"
	"manche/grader/sandbox"
	"manche/lessons"
)

// author groups the verbs of those who write the course.
func (p *program) author() *cobra.Command {
	cmd := &cobra.Command{Use: "author", Short: p.say("cli.author")}
	cmd.AddCommand(p.authorCheck())
	return cmd
}

// defaultTimes is how many verdicts each known answer gets: enough to see a
// rate of 80 % with a probability of two thirds, in a run that stays short.
const defaultTimes = 5

// authorCheck is the verb that proves the course.
func (p *program) authorCheck() *cobra.Command {
	var times int
	cmd := &cobra.Command{
		Use: "check", Short: p.say("cli.author_check"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			catalog, defects, err := exercises.Load(exercises.FS)
			if err != nil {
				return err
			}
			course, found, err := lessons.Load(content.FS, catalog)
			if err != nil {
				return err
			}
			defects = append(defects, found...)
			defects = append(defects, proseDefects(course, catalog)...)
			cases, proven, err := p.prove(cmd, catalog, times)
			if err != nil {
				return err
			}
			return p.concludeCheck(append(defects, proven...), len(cases), times)
		},
	}
	cmd.Flags().IntVar(&times, "times", defaultTimes, p.say("cli.flag.times"))
	return cmd
}

// proseDefects renders every text of every exercise, for what is wrong in it.
func proseDefects(course *lessons.Course, catalog *exercises.Catalog) []exercises.Defect {
	var defects []exercises.Defect
	for _, ex := range catalog.All() {
		for _, lang := range content.Langs {
			for _, section := range ex.Prose[lang].Sections() {
				_, found := course.Render(lang, section)
				defects = append(defects, found...)
			}
		}
	}
	return defects
}

// prove gets the verdicts on every known answer of the catalogue.
func (p *program) prove(cmd *cobra.Command, catalog *exercises.Catalog, times int) ([]proof.Case, []exercises.Defect, error) {
	var cases []proof.Case
	for _, ex := range catalog.All() {
		cases = append(cases, proof.Cases(ex)...)
	}
	j, err := p.openJudging(cmd.Context(), catalog, sandbox.Config{})
	if err != nil {
		return nil, nil, err
	}
	defer j.close()
	j.Warm(runtime.NumCPU())
	done := 0
	defects, err := proof.Run(cmd.Context(), j, cases, times, runtime.NumCPU(), func(c proof.Case) {
		done++
		fmt.Fprintln(p.err, p.say("cli.author_progress", "exercise", c.Exercise, "name", c.Answer.Name, "done", done, "total", len(cases)))
	})
	return cases, defects, err
}

// concludeCheck prints the defects, or that there is none.
func (p *program) concludeCheck(defects []exercises.Defect, answers, times int) error {
	if len(defects) == 0 {
		fmt.Fprintln(p.out, p.say("cli.author_clean", "answers", answers, "verdicts", answers*times))
		return nil
	}
	for _, d := range defects {
		fmt.Fprintln(p.out, p.defect(d))
	}
	fmt.Fprintln(p.out, p.say("cli.defects", "n", len(defects)))
	return &outcomeError{exitFailed}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"manche/cmd/manche/figures"
	"manche/cmd/manche/measure"
	"manche/exercises"
	"manche/grader/build"
	"manche/web"
	"manche/web/store"
)

// siteOptions are what the verb can be told.
type siteOptions struct {
	learners       uint
	readme         string
	strict, asJSON bool
}

// siteSection is the place of the report in the README.
const siteSection = figures.Section("site")

// benchSite is the verb that measures how the site bears its readers.
func (p *program) benchSite() *cobra.Command {
	var o siteOptions
	cmd := &cobra.Command{
		Use: "site", Short: p.say("cli.site"), Long: p.say("cli.site.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.learners == 0 {
				return p.usage("cli.site.least")
			}
			if err := p.checkReadme(siteSection, o.readme); err != nil {
				return err
			}
			report, err := p.measureSite(cmd.Context(), o)
			if err != nil {
				return err
			}
			return p.deliverSite(o, report)
		},
	}
	cmd.Flags().UintVar(&o.learners, "learners", 100, p.say("cli.flag.learners"))
	cmd.Flags().StringVar(&o.readme, "readme", "", p.say("cli.flag.readme"))
	cmd.Flags().BoolVar(&o.strict, "strict", false, p.say("cli.flag.strict"))
	cmd.Flags().BoolVar(&o.asJSON, "json", false, p.say("cli.flag.bench_json"))
	return cmd
}

// measureSite measures the first lesson of the course, and answers to an exercise.
func (p *program) measureSite(ctx context.Context, o siteOptions) (_ *measure.SiteReport, err error) {
	dir, err := os.MkdirTemp("", "manche-bench-")
	if err != nil {
		return nil, fmt.Errorf("making a folder: %w", err)
	}
	defer os.RemoveAll(dir)
	data, err := store.Open(ctx, filepath.Join(dir, "manche.db"))
	if err != nil {
		return nil, err
	}
	defer data.Close()
	site, catalog, page, err := p.benchedSite(ctx, data)
	if err != nil {
		return nil, err
	}
	chosen, err := p.chosen(catalog, []string{"fix-the-leak"})
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding this program: %w", err)
	}
	setting := figures.Now(ctx, runtime.Version(), fmt.Sprintf("go run ./cmd/manche bench site --learners %d", o.learners))
	c := measure.SiteConfig{Config: measure.Config{Exercises: chosen, Program: self}, Handler: site, Page: page, Learners: int(o.learners)}
	progress := figures.NewProgress(p.err, isTerminal(p.err), p.voice(), "cli.bench.progress", c.Steps())
	defer progress.End()
	c.Step = progress.Step
	result, err := measure.RunSite(ctx, c)
	if err != nil {
		return nil, err
	}
	return measure.NewSiteReport(setting, result), nil
}

// benchedSite is the site without anybody who judges, and the path of a lesson.
func (p *program) benchedSite(ctx context.Context, data *store.Store) (*web.Server, *exercises.Catalog, string, error) {
	catalog, course, err := p.course()
	if err != nil {
		return nil, nil, "", err
	}
	toolchain, err := build.Find(ctx)
	if err != nil {
		return nil, nil, "", err
	}
	if len(course.Lessons()) == 0 {
		return nil, nil, "", errors.New("the course has no lesson to ask for")
	}
	site, err := web.New(web.Config{
		Course: course, Catalog: catalog, Messages: p.messages, Store: data, Revision: revisionOf(catalog, toolchain),
	})
	return site, catalog, "/fr/lessons/" + course.Lessons()[0].Slug, err
}

// deliverSite delivers a report. Targets that were missed are a failure where that
// was asked for.
func (p *program) deliverSite(o siteOptions, r *measure.SiteReport) error {
	if err := p.deliverReport(siteSection, o.readme, o.asJSON, r); err != nil {
		return err
	}
	if o.strict && !r.Met() {
		return &outcomeError{exitFailed}
	}
	return nil
}

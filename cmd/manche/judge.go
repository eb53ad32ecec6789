package main

import (
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"manche/grader"
	"manche/grader/sandbox"
)

// judge is the verb that judges any Go package of one's own by its own tests.
func (p *program) judge() *cobra.Command {
	var asJSON bool
	var o grader.Options
	cmd := &cobra.Command{
		Use:   "judge " + p.say("cli.judge.args"),
		Short: p.say("cli.judge"),
		Long:  p.say("cli.judge.long"),
		Args:  p.oneFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.CheckTime < time.Millisecond {
				return p.usage("cli.judge.timeout", "least", time.Millisecond)
			}
			j, err := p.openJudgingIn(cmd.Context(), nil, sandbox.Config{Choice: sandbox.None})
			if err != nil {
				return err
			}
			defer j.close()
			v, err := j.JudgeDir(cmd.Context(), args[0], o)
			if err != nil {
				return err
			}
			return p.deliver(v, sources(args[0], v), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, p.say("cli.flag.json"))
	cmd.Flags().Uint64Var(&o.Seed, "seed", 0, p.say("cli.flag.seed"))
	cmd.Flags().DurationVar(&o.CheckTime, "timeout", grader.DefaultCheckTime, p.say("cli.flag.check_time"))
	return cmd
}

// oneFolder is the rule for the arguments of judge.
func (p *program) oneFolder(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return p.usage("cli.judge.what")
	}
	if info, err := os.Stat(args[0]); err != nil || !info.IsDir() {
		return p.usage("cli.judge.no_folder", "name", args[0])
	}
	return nil
}

// sources reads the files of a folder that the verdict's findings stand on. One
// that cannot be read is not shown.
func sources(dir string, v *grader.Verdict) map[string][]byte {
	files := make(map[string][]byte)
	for _, f := range v.Findings {
		if src, err := os.ReadFile(filepath.Join(dir, f.File)); err == nil {
			files[f.File] = src
		}
	}
	return files
}

package main

import "github.com/spf13/cobra"

// bench groups the verbs that measure.
func (p *program) bench() *cobra.Command {
	cmd := &cobra.Command{Use: "bench", Short: p.say("cli.bench")}
	cmd.AddCommand(p.detection())
	return cmd
}

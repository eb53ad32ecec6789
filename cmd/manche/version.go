package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"manche/grader"
)

// version is the verb that says what this program is.
func (p *program) version() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: p.say("cli.version"), Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.out, "manche %s\ngrader %s\n", buildVersion(), grader.Revision())
			return err
		},
	}
}

// buildVersion is the module's version, or the commit that it was built from.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return info.Main.Version
}

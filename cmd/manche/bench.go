package main

import (
	"errors"

	"github.com/spf13/cobra"

	"manche/cmd/manche/figures"
)

// bench groups the verbs that measure.
func (p *program) bench() *cobra.Command {
	cmd := &cobra.Command{Use: "bench", Short: p.say("cli.bench")}
	cmd.AddCommand(p.detection())
	return cmd
}

// checkReadme fails where the report could not be written in the end. No name is
// no README.
func (p *program) checkReadme(s figures.Section, name string) error {
	if name == "" {
		return nil
	}
	err := s.Check(name)
	if errors.Is(err, figures.ErrNoMarkers) {
		return p.usage("cli.bench.no_markers", "file", name, "begin", s.Begin(), "end", s.End())
	}
	return err
}

package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"manche/grader/build"
	"manche/grader/sandbox"
)

// doctor is the verb that says what this machine can check. It fails with the
// code of what could not be judged when something needed is missing.
func (p *program) doctor() *cobra.Command {
	var attack, asJSON bool
	cmd := &cobra.Command{
		Use: "doctor", Short: p.say("cli.doctor"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if attack {
				return p.attack(cmd.Context(), asJSON)
			}
			toolchain, err := build.Find(cmd.Context())
			if err != nil {
				return err
			}
			fmt.Fprintln(p.out, p.say("cli.doctor.go", "version", toolchain.Version))
			race := "cli.doctor.race"
			if !toolchain.Race {
				race = "cli.doctor.no_race"
			}
			fmt.Fprintln(p.out, p.say(race))
			box, err := sandbox.Open(cmd.Context(), sandbox.Config{})
			var walls *sandbox.UnavailableError
			if errors.As(err, &walls) {
				p.tiers(walls.Failures)
			}
			if err != nil {
				return err
			}
			defer box.Close()
			fmt.Fprintln(p.out, p.say("cli.doctor.sandbox", "tier", box.Tier()))
			if lacks := box.Lacks(); len(lacks) > 0 {
				fmt.Fprintln(p.out, p.say("cli.doctor.lacks", "what", strings.Join(lacks, ", ")))
			}
			p.tiers(box.Failures())
			if !toolchain.Race {
				return &outcomeError{exitBroken}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&attack, "attack", false, p.say("cli.flag.attack"))
	cmd.Flags().BoolVar(&asJSON, "json", false, p.say("cli.flag.doctor_json"))
	return cmd
}

// tiers says why the stronger tiers do not work here.
func (p *program) tiers(failures []sandbox.Failure) {
	for _, f := range failures {
		fmt.Fprintln(p.out, p.say("cli.doctor.tier_failed", "tier", f.Tier, "step", f.Step, "reason", f.Err))
	}
}

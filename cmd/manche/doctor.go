package main

import (
	"encoding/json"
	"fmt"
	"maps"

	"github.com/spf13/cobra"

	"manche/cmd/manche/machine"
	"manche/content"
)

// doctor is the verb that says what this machine can check and isolate, with the
// remedy for each gap, and that can try all attacks on it. It fails with the code
// of what could not be judged when there is a gap.
//
// With --json it prints one object, a machine.Report:
//
//	ok        whether everything can be checked and isolated
//	tier      of the sandbox: "A+", "A" to "D", or "E" where there is none
//	lacks     what that tier lacks, by key
//	findings  in the order of the text, each with
//	  about   "go", "race", "sandbox", "cache", "linker" or "clock"
//	  state   "good"; "note", which could be better; or "gap"
//	  key     stable, with params, an object of what fills the sentence
//	  text    the sentence: {"fr","en"}
//
// With --attack --json it prints one trialJSON instead.
func (p *program) doctor() *cobra.Command {
	var asJSON, attack bool
	var o trialOptions
	var w sandboxFlags
	cmd := &cobra.Command{
		Use: "doctor", Short: p.say("cli.doctor"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			box, err := w.config(p, false)
			if err != nil {
				return err
			}
			if attack {
				o.asJSON, o.box = asJSON, box
				return p.attack(cmd.Context(), o)
			}
			if o != (trialOptions{atATime: o.atATime}) {
				return p.usage("cli.doctor.only_attack")
			}
			report, err := machine.Look(cmd.Context(), box)
			if err != nil {
				return err
			}
			return p.deliverMachine(report, asJSON)
		},
	}
	w.addTo(cmd, p)
	cmd.Flags().BoolVar(&attack, "attack", false, p.say("cli.flag.attack"))
	cmd.Flags().UintVar(&o.random, "random", 0, p.say("cli.flag.random"))
	cmd.Flags().UintVar(&o.atATime, "at-a-time", 4, p.say("cli.flag.at_a_time"))
	cmd.Flags().Uint64Var(&o.seed, "seed", 0, p.say("cli.flag.random_seed"))
	cmd.Flags().StringVar(&o.readme, "readme", "", p.say("cli.flag.readme"))
	cmd.Flags().BoolVar(&asJSON, "json", false, p.say("cli.flag.doctor_json"))
	return cmd
}

// stands show a finding's state to those who do not see colours.
var stands = map[machine.State]string{machine.Good: "✓", machine.Note: "–", machine.Gap: "✗"}

// deliverMachine prints what was found, and returns the exit code that it means.
func (p *program) deliverMachine(r *machine.Report, asJSON bool) error {
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Text = make(map[string]string)
		for _, lang := range content.Langs {
			f.Text[string(lang)] = p.found(*f, p.messages.In(lang))
		}
		if !asJSON {
			fmt.Fprintln(p.out, stands[f.State], f.Text[string(p.voice().Lang())])
		}
	}
	if asJSON {
		if err := json.NewEncoder(p.out).Encode(r); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	if !r.OK {
		return &outcomeError{exitBroken}
	}
	return nil
}

// found is the sentence of a finding.
func (p *program) found(f machine.Finding, voice content.Voice) string {
	params := maps.Clone(f.Params)
	if lack, ok := params["lack"]; ok {
		params["what"] = voice.Say("lack." + fmt.Sprint(lack))
	}
	var pairs []any
	for name, value := range params {
		pairs = append(pairs, name, value)
	}
	return voice.Say("cli.doctor."+f.Key, pairs...)
}

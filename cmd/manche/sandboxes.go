package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"manche/grader/sandbox"
)

// sandboxFlags are the flags with which a sandbox is chosen.
type sandboxFlags struct {
	choice choice
	runsc  string
}

// addTo gives a verb the flags.
func (w *sandboxFlags) addTo(cmd *cobra.Command, p *program) {
	cmd.Flags().Var(&w.choice, "sandbox", p.say("cli.flag.sandbox"))
	cmd.Flags().StringVar(&w.runsc, "runsc", "", p.say("cli.flag.runsc"))
}

// sandboxArgs are the flags that choose a sandbox again, for another process.
func sandboxArgs(c sandbox.Config) []string {
	args := []string{"--sandbox=" + (&choice{c.Choice}).String()}
	if c.Runsc != "" {
		args = append(args, "--runsc="+c.Runsc)
	}
	return args
}

// config is what was chosen. Only who says that the code is their own gets none.
func (w *sandboxFlags) config(p *program, unsafe bool) (sandbox.Config, error) {
	if w.choice.Choice == sandbox.None && !unsafe {
		return sandbox.Config{}, p.usage("cli.sandbox_none")
	}
	return sandbox.Config{Choice: w.choice.Choice, Runsc: w.runsc, AllowNone: unsafe}, nil
}

// choice is a sandbox.Choice as a flag.
type choice struct{ sandbox.Choice }

// auto is what the zero choice is called.
const auto = "auto"

func (c *choice) String() string {
	if c.Choice == sandbox.Auto {
		return auto
	}
	return string(c.Choice)
}

// Set takes one of the names.
func (c *choice) Set(name string) error {
	switch s := sandbox.Choice(name); s {
	case auto:
		c.Choice = sandbox.Auto
	case sandbox.Embedded, sandbox.GVisor, sandbox.None:
		c.Choice = s
	default:
		return fmt.Errorf("no such sandbox: %s", name) // told in the course's words
	}
	return nil
}

// Type is what stands for a value in a verb's help.
func (c *choice) Type() string { return "auto|embedded|gvisor|none" }

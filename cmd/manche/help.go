package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// speak makes a tree of verbs speak the reader's language throughout: its help,
// and what it answers to a call that it does not understand.
func (p *program) speak(root *cobra.Command) {
	root.SetHelpCommand(p.helpVerb())
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { fmt.Fprint(p.out, p.help(cmd)) })
	root.PersistentFlags().BoolP("help", "h", false, p.say("cli.flag.help"))
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return p.flagError(err) })
	p.speakArguments(root)
}

// groupOnly marks a verb that does nothing but group others.
const groupOnly = "group"

// speakArguments puts what cobra says of arguments into our words, for a verb
// and for those below it. One that only groups others explains itself, unless
// it is asked for a verb that it does not have.
func (p *program) speakArguments(cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		p.speakArguments(sub)
	}
	if cmd.HasSubCommands() && !cmd.Runnable() {
		cmd.Annotations = map[string]string{groupOnly: ""}
		cmd.Args = p.noSuchVerb
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	rule := cmd.Args
	if rule == nil {
		return
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		err := rule(cmd, args)
		var ours *usageError
		switch {
		case err == nil || errors.As(err, &ours):
			return err
		case len(args) == 0:
			return p.usage("cli.missing_argument", "verb", cmd.CommandPath())
		}
		return p.usage("cli.extra_arguments", "verb", cmd.CommandPath(), "args", strings.Join(args, " "))
	}
}

// noSuchVerb is the rule of a group of verbs: whatever is still an argument is
// no verb of it.
func (p *program) noSuchVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	// Two typing errors apart is what cobra takes for a slip by default.
	cmd.SuggestionsMinimumDistance = 2
	if like := cmd.SuggestionsFor(args[0]); len(like) > 0 {
		return p.usage("cli.unknown_verb_like", "name", args[0], "like", strings.Join(like, ", "))
	}
	return p.usage("cli.unknown_verb", "name", args[0])
}

// flagError puts what pflag has against a flag into our words.
func (p *program) flagError(err error) error {
	var unknown *pflag.NotExistError
	var valueless *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var misspelt *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		return p.usage("cli.unknown_flag", "flag", dashed(unknown.GetSpecifiedName()))
	case errors.As(err, &valueless):
		return p.usage("cli.flag_needs_value", "flag", dashed(valueless.GetSpecifiedName()))
	case errors.As(err, &invalid):
		return p.usage("cli.flag_value", "flag", dashed(invalid.GetFlag().Name), "value", invalid.GetValue())
	case errors.As(err, &misspelt):
		return p.usage("cli.flag_syntax", "flag", misspelt.GetSpecifiedFlag())
	}
	return &usageError{err.Error()}
}

// dashed writes a flag as one types it.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// helpVerb is the verb that explains another.
func (p *program) helpVerb() *cobra.Command {
	return &cobra.Command{
		Use: "help " + p.say("cli.help.args"), Short: p.say("cli.help"),
		RunE: func(cmd *cobra.Command, args []string) error {
			target, rest, err := cmd.Root().Find(args)
			if err != nil {
				return err
			}
			if target.HasSubCommands() {
				if err := p.noSuchVerb(target, rest); err != nil {
					return err
				}
			}
			return target.Help()
		},
	}
}

// help explains a verb: what it is for, how to call it, its verbs and options.
func (p *program) help(cmd *cobra.Command) string {
	var b strings.Builder
	what := cmd.Long
	if what == "" {
		what = cmd.Short
	}
	call := cmd.CommandPath() + strings.TrimPrefix(cmd.Use, cmd.Name())
	if _, group := cmd.Annotations[groupOnly]; group {
		call += " " + p.say("cli.help.args")
	} else if cmd.HasSubCommands() {
		call += " [" + p.say("cli.help.args") + "]"
	}
	fmt.Fprintf(&b, "%s\n\n%s\n  %s [options]\n", what, p.say("cli.help.usage"), call)
	var verbs [][2]string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			verbs = append(verbs, [2]string{sub.Name(), sub.Short})
		}
	}
	columns(&b, p.say("cli.help.verbs"), verbs)
	columns(&b, p.say("cli.help.options"), options(cmd))
	if len(verbs) > 0 {
		fmt.Fprintf(&b, "\n%s\n", p.say("cli.help.more", "verb", cmd.CommandPath()))
	}
	return b.String()
}

// options lists the flags of a verb, each with the value that it has unless one
// gives another.
func options(cmd *cobra.Command) [][2]string {
	var rows [][2]string
	add := func(f *pflag.Flag) {
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		switch {
		case f.Hidden:
			return
		case f.NoOptDefVal != "": // stands alone
		case f.DefValue == "" || f.DefValue == "[]":
			name += "=…"
		default:
			name += "=" + f.DefValue
		}
		rows = append(rows, [2]string{name, f.Usage})
	}
	cmd.LocalNonPersistentFlags().VisitAll(add)
	cmd.Root().PersistentFlags().VisitAll(add)
	return rows
}

// columns writes a titled list, the second column aligned.
func columns(b *strings.Builder, title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	width := 0
	for _, row := range rows {
		width = max(width, len([]rune(row[0])))
	}
	fmt.Fprintf(b, "\n%s\n", title)
	for _, row := range rows {
		padding := strings.Repeat(" ", width-len([]rune(row[0])))
		fmt.Fprintf(b, "  %s%s   %s\n", row[0], padding, row[1])
	}
}

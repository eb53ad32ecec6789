package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// question is something that has to be known before a verb can begin: said by a
// flag, or else asked for.
type question struct {
	value     *string // empty while it is not known
	flag      string  // without dashes; empty for the argument
	what      string  // a sentence: what is to be said
	otherwise func() string
	optional  bool // nothing is an answer too
	accepts   func(string) bool
}

// register adds the question's flag, if it has one, to a verb.
func (q question) register(cmd *cobra.Command) {
	if q.flag != "" {
		cmd.Flags().StringVar(q.value, q.flag, "", q.what)
	}
}

// name is how one says it in a call.
func (q question) name(p *program) string {
	if q.flag == "" {
		return p.say("cli.author_new.slug_arg")
	}
	return "--" + q.flag
}

// given reports whether it needs no asking for.
func (q question) given() bool { return *q.value != "" || q.optional || q.otherwise != nil }

// complete gets an answer to each question that has none. Somebody at a terminal
// is asked, once anything is missing for which nothing else can be taken.
func (p *program) complete(questions []question) error {
	var missing []string
	for _, q := range questions {
		if *q.value != "" && !q.accepts(*q.value) {
			return p.usage("cli.author_new_refused", "value", *q.value, "what", q.name(p))
		}
		if !q.given() {
			missing = append(missing, q.name(p))
		}
	}
	if len(missing) > 0 && !isTerminal(p.in) {
		return p.usage("cli.author_new_missing", "what", strings.Join(missing, ", "))
	}
	lines := bufio.NewScanner(p.in)
	for _, q := range questions {
		if len(missing) > 0 && *q.value == "" && !p.ask(lines, q) {
			return p.usage("cli.author_new_missing", "what", q.name(p))
		}
		if *q.value == "" && q.otherwise != nil {
			*q.value = q.otherwise()
		}
	}
	return nil
}

// ask asks until the answer will do, and reports whether there was one.
func (p *program) ask(lines *bufio.Scanner, q question) bool {
	for {
		if q.otherwise == nil {
			fmt.Fprint(p.err, p.say("cli.author_new.ask", "what", q.what))
		} else {
			fmt.Fprint(p.err, p.say("cli.author_new.ask_default", "what", q.what, "otherwise", q.otherwise()))
		}
		if !lines.Scan() {
			fmt.Fprintln(p.err)
			return false
		}
		answer := strings.TrimSpace(lines.Text())
		switch {
		case answer == "" && (q.optional || q.otherwise != nil):
			return true
		case q.accepts(answer):
			*q.value = answer
			return true
		}
		fmt.Fprintln(p.err, p.say("cli.author_new_refused", "value", answer, "what", q.name(p)))
	}
}

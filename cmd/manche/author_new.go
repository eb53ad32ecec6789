package main

import (
	"errors"
	"fmt"
	"go/token"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"manche/cmd/manche/skeleton"
)

// authorNew groups the verbs that begin something.
func (p *program) authorNew() *cobra.Command {
	cmd := &cobra.Command{Use: "new", Short: p.say("cli.author_new")}
	cmd.AddCommand(p.authorNewExercise(), p.authorNewLesson())
	return cmd
}

// begin is a verb that begins something: it gets its questions answered, and then
// works on the course of the author.
func (p *program) begin(cmd *cobra.Command, slug *string, questions []question, write func(course string) error) *cobra.Command {
	questions = append([]question{{value: slug, what: p.say("cli.author_new.slug"), accepts: skeleton.IsSlug}}, questions...)
	for _, q := range questions {
		q.register(cmd)
	}
	cmd.Use += " " + p.say("cli.author_new.slug_arg")
	cmd.Args = cobra.MaximumNArgs(1)
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) == 1 {
			*slug = args[0]
		}
		course, err := p.ownCourse()
		if err != nil {
			return err
		}
		if err := p.complete(questions); err != nil {
			return err
		}
		return write(course)
	}
	return cmd
}

// titles are the questions for a title in each language.
func (p *program) titles(fr, en *string) []question {
	return []question{
		{value: fr, flag: "title-fr", what: p.say("cli.author_new.title_fr"), accepts: isTitle},
		{value: en, flag: "title-en", what: p.say("cli.author_new.title_en"), accepts: isTitle},
	}
}

// isTitle accepts what fits into a line.
func isTitle(text string) bool {
	return strings.TrimSpace(text) != "" && !strings.ContainsAny(text, "\r\n")
}

// isPackage accepts the name of a package that another can import.
func isPackage(name string) bool {
	return token.IsIdentifier(name) && name == strings.ToLower(name) && name != "main" && !strings.HasSuffix(name, "_test")
}

// between accepts whole numbers within bounds.
func between(low, high int) func(string) bool {
	return func(text string) bool {
		n, err := strconv.Atoi(text)
		return err == nil && low <= n && n <= high
	}
}

// number is a number that was accepted as one.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(fmt.Sprintf("a number that is none was accepted: %q", text))
	}
	return n
}

// write makes the folder, and lists what is in it now.
func (p *program) write(folder string, files map[string][]byte) error {
	written, err := skeleton.Write(folder, files)
	if errors.Is(err, os.ErrExist) {
		return p.usage("cli.author_new_there", "folder", folder)
	}
	for _, name := range written {
		fmt.Fprintln(p.out, name)
	}
	return err
}

// checkCommand is the call that checks the same course.
func (p *program) checkCommand(cmd *cobra.Command, options string) string {
	call := "manche author check " + options
	if f := cmd.Flag("course"); f != nil && f.Changed {
		call += " --course " + p.folder
	}
	return call
}

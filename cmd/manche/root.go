package main

import (
	"context"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"manche/content"
)

// program is what every verb shares: the streams, the sentences and the
// language in which to say them.
type program struct {
	in       io.Reader
	out, err io.Writer
	messages *content.Messages
	locale   content.Lang // of the environment
	lang     string       // as chosen; it may name no language of ours
	folders  []string     // of courses, as named
	folder   string       // of the course; empty for the one that is built in
}

// Main runs the program with these arguments and streams, and returns its exit
// code: 0 passed, 1 failed, 2 wrong usage, 3 could not judge.
func Main(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	messages, err := content.LoadMessages(content.FS)
	if err != nil {
		io.WriteString(errOut, "manche: "+err.Error()+"\n")
		return exitBroken
	}
	locale := localeLang(os.Getenv)
	p := &program{in: in, out: out, err: errOut, messages: messages, locale: locale, lang: chosenLang(args, locale)}
	root := p.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	return p.exit(root.ExecuteContext(ctx))
}

// root is the tree of verbs.
func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "manche",
		Short:         p.say("cli.manche"),
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if _, ok := content.ParseLang(p.lang); !ok {
				return p.usage("cli.unknown_lang", "lang", p.lang)
			}
			return p.chooseCourse(cmd)
		},
	}
	root.PersistentFlags().StringVar(&p.lang, "lang", p.lang, p.say("cli.flag.lang"))
	root.PersistentFlags().StringArrayVar(&p.folders, "course", nil, p.say("cli.flag.course"))
	root.AddCommand(p.grade(), p.judge(), p.serve(), p.author(), p.bench(), p.doctor(), p.version(), p.completion())
	p.speak(root)
	return root
}

// manyCourses marks a verb that takes more than one course.
const manyCourses = "courses"

// chooseCourse takes the course that was named, of which most verbs have one.
func (p *program) chooseCourse(cmd *cobra.Command) error {
	if len(p.folders) == 0 {
		return nil
	}
	if _, many := cmd.Annotations[manyCourses]; !many && len(p.folders) > 1 {
		return p.usage("cli.one_course", "verb", cmd.CommandPath())
	}
	p.folder = p.folders[0]
	return nil
}

// voice speaks the chosen language.
func (p *program) voice() content.Voice {
	lang, ok := content.ParseLang(p.lang)
	if !ok {
		lang = p.locale
	}
	return p.messages.In(lang)
}

// say returns one sentence in the chosen language.
func (p *program) say(key string, pairs ...any) string { return p.voice().Say(key, pairs...) }

// chosenLang looks for --lang among the arguments before they are parsed: the
// verbs explain themselves in that language while they are put together.
func chosenLang(args []string, otherwise content.Lang) string {
	chosen := string(otherwise)
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			chosen = value
		} else if arg == "--lang" && i+1 < len(args) {
			chosen = args[i+1]
		} else if arg == "--" {
			break
		}
	}
	return chosen
}

// localeLang reads the language from the environment's locale, as POSIX orders
// the variables (Base Definitions, 8.2); English where it says nothing we know.
func localeLang(getenv func(string) string) content.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := getenv(name)
		if value == "" {
			continue
		}
		if len(value) >= 2 {
			if lang, ok := content.ParseLang(value[:2]); ok {
				return lang
			}
		}
		break
	}
	return content.EN
}

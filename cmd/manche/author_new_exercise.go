package main

import (
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"manche/cmd/manche/skeleton"
	"manche/exercises"
)

// authorNewExercise is the verb that begins an exercise.
func (p *program) authorNewExercise() *cobra.Command {
	var slug, kind, level, lesson, pkg, fr, en string
	cmd := &cobra.Command{Use: "exercise", Short: p.say("cli.author_new_exercise"), Long: p.say("cli.author_new_exercise.long")}
	questions := append([]question{
		{value: &kind, flag: "kind", what: p.say("cli.author_new.kind"), accepts: isKind},
		{value: &level, flag: "level", what: p.say("cli.author_new.level"), accepts: between(1, exercises.MaxLevel)},
	}, p.titles(&fr, &en)...)
	questions = append(questions,
		question{value: &lesson, flag: "lesson", what: p.say("cli.author_new.lesson"), accepts: skeleton.IsSlug, optional: true},
		question{value: &pkg, flag: "package", what: p.say("cli.author_new.package"), accepts: isPackage,
			otherwise: func() string { return packageFor(slug) }},
	)
	p.begin(cmd, &slug, questions, func(course string) error {
		return p.writeExercise(cmd, course, skeleton.Exercise{
			Slug: slug, Kind: exercises.Kind(kind), Level: number(level), Lesson: lesson, Package: pkg,
			Titles: skeleton.Titles{"fr": fr, "en": en},
		})
	})
	p.completeFlag(cmd, "kind", kindNames)
	p.completeFlag(cmd, "level", levels)
	p.completeFlag(cmd, "lesson", p.lessonSlugs)
	return cmd
}

// writeExercise writes an exercise, and says how to go on.
func (p *program) writeExercise(cmd *cobra.Command, course string, e skeleton.Exercise) error {
	files, err := e.Files()
	if err != nil {
		return err
	}
	if err := p.write(filepath.Join(course, "exercises", e.Slug), files); err != nil {
		return err
	}
	fmt.Fprintln(p.err, p.say("cli.author_new_next_exercise", "command", p.checkCommand(cmd, "--exercise "+e.Slug+" --quick")))
	if slices.Contains(p.lessonSlugs(), e.Lesson) {
		fmt.Fprintln(p.err, p.say("cli.author_new_place", "lesson", e.Lesson, "slug", e.Slug))
	}
	return nil
}

// packageFor is a name for the package of an exercise: its slug without dashes.
func packageFor(slug string) string {
	name := strings.ReplaceAll(slug, "-", "")
	if token.IsKeyword(name) || !isPackage(name) {
		return name + "s"
	}
	return name
}

// levels are those of exercises, as one types them.
func levels() []string {
	var all []string
	for n := range exercises.MaxLevel {
		all = append(all, strconv.Itoa(n+1))
	}
	return all
}

func isKind(name string) bool { return slices.Contains(kindNames(), name) }

func kindNames() []string {
	var names []string
	for _, kind := range skeleton.Kinds() {
		names = append(names, string(kind))
	}
	return names
}

// lessonSlugs are the lessons of the course that somebody works on; none where
// there is no saying.
func (p *program) lessonSlugs() []string {
	course, err := p.ownCourse()
	if err != nil {
		return nil
	}
	places, err := lessonPlaces(course)
	if err != nil {
		return nil
	}
	var slugs []string
	for _, place := range places {
		slugs = append(slugs, place.Slug)
	}
	return slugs
}

// completeFlag lets shells propose values for a flag.
func (p *program) completeFlag(cmd *cobra.Command, flag string, values func() []string) {
	err := cmd.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values(), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic("completing a flag that there is not: " + err.Error())
	}
}

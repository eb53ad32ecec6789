package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"manche/cmd/manche/skeleton"
	"manche/exercises"
	"manche/lessons"
)

// usualMinutes is how long a lesson takes unless its author says otherwise: the
// middle of the 15 to 30 that one is meant to take.
const usualMinutes = 20

// authorNewLesson is the verb that begins a lesson.
func (p *program) authorNewLesson() *cobra.Command {
	var slug, place, minutes, fr, en string
	cmd := &cobra.Command{Use: "lesson", Short: p.say("cli.author_new_lesson"), Long: p.say("cli.author_new_lesson.long")}
	questions := append(p.titles(&fr, &en),
		question{value: &place, flag: "number", what: p.say("cli.author_new.number"), accepts: between(1, 99),
			otherwise: func() string { return strconv.Itoa(p.nextNumber()) }},
		question{value: &minutes, flag: "minutes", what: p.say("cli.author_new.minutes"), accepts: between(1, lessons.MaxMinutes),
			otherwise: func() string { return strconv.Itoa(usualMinutes) }},
	)
	return p.begin(cmd, &slug, questions, func(course string) error {
		return p.writeLesson(cmd, course, lessons.Place{Number: number(place), Slug: slug}, skeleton.Lesson{
			Slug: slug, Minutes: number(minutes), Titles: skeleton.Titles{"fr": fr, "en": en},
		})
	})
}

// writeLesson writes a lesson with the exercises that name it, and says how to go
// on.
func (p *program) writeLesson(cmd *cobra.Command, course string, at lessons.Place, l skeleton.Lesson) error {
	if err := p.placeIsFree(course, at); err != nil {
		return err
	}
	catalog, _, err := exercises.Load(os.DirFS(filepath.Join(course, "exercises")))
	if err != nil {
		return err
	}
	for _, ex := range catalog.All() {
		if ex.Lesson == at.Slug {
			l.Exercises = append(l.Exercises, ex.Slug)
		}
	}
	files, err := l.Files()
	if err != nil {
		return err
	}
	if err := p.write(filepath.Join(textFolder(course), "lessons", at.Folder()), files); err != nil {
		return err
	}
	fmt.Fprintln(p.err, p.say("cli.author_new_next_lesson", "command", p.checkCommand(cmd, "--quick")))
	return nil
}

// placeIsFree refuses a number or an address that another lesson has.
func (p *program) placeIsFree(course string, at lessons.Place) error {
	places, err := lessonPlaces(course)
	if err != nil {
		return err
	}
	for _, other := range places {
		switch {
		case other.Slug == at.Slug:
			return p.usage("cli.author_new_taken", "other", other.Folder(), "value", at.Slug)
		case other.Number == at.Number:
			return p.usage("cli.author_new_taken", "other", other.Folder(), "value", strconv.Itoa(at.Number))
		}
	}
	return nil
}

// nextNumber is the place after the last lesson; 1 where there is no saying.
func (p *program) nextNumber() int {
	course, err := p.ownCourse()
	if err != nil {
		return 1
	}
	places, err := lessonPlaces(course)
	if err != nil || len(places) == 0 {
		return 1
	}
	return places[len(places)-1].Number + 1
}

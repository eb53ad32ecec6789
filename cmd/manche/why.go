package main

import (
	"slices"
	"strings"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
)

// nowhere reports the ways from an exercise's findings to sections that its lesson
// does not have. A lesson that there is not yet may have any.
func nowhere(course *lessons.Course, ex *exercises.Exercise) []exercises.Defect {
	lesson, ok := course.Lesson(ex.Lesson)
	if !ok {
		return nil
	}
	var sections []string
	for _, h := range lesson.Pages[content.EN].Sections {
		sections = append(sections, h.ID)
	}
	var defects []exercises.Defect
	for _, w := range ex.Why {
		if !slices.Contains(sections, w.Section) {
			defects = append(defects, exercises.Defect{
				File: "exercises/" + ex.Slug + "/exercise.toml", Line: w.Declared, Key: "why.section",
				Params: map[string]string{"lesson": ex.Lesson, "section": w.Section, "sections": strings.Join(sections, ", ")},
			})
		}
	}
	return defects
}

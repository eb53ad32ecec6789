package web

import (
	"bytes"
	"slices"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
	"manche/web/view"
)

// rightsView is the right answers with the one marked that was submitted, if it is
// among them.
func rightsView(ex *exercises.Exercise, all []view.RightAnswer, submitted map[string]string) []view.RightAnswer {
	out := slices.Clone(all)
	for i := range out {
		out[i].Submitted = equal(ex.Editable, answerFiles(ex, out[i].Name), submitted)
	}
	return out
}

// answerFiles are the files of a right answer; of no name, those of the reference.
func answerFiles(ex *exercises.Exercise, name string) exercises.Files {
	for _, answer := range ex.Right {
		if answer.Name == name {
			return answer.Files
		}
	}
	return ex.Reference
}

// equal reports whether two answers are the same but for the white space around
// the text.
func equal(names []string, a exercises.Files, b map[string]string) bool {
	return !slices.ContainsFunc(names, func(name string) bool {
		return !bytes.Equal(bytes.TrimSpace(a[name]), bytes.TrimSpace([]byte(b[name])))
	})
}

// coloured returns files to be read.
func coloured(names []string, files exercises.Files) []view.Code {
	var out []view.Code
	for _, name := range names {
		out = append(out, view.Code{Name: name, Code: view.HTML(lessons.Highlight(string(files[name])))})
	}
	return out
}

// whyView leads from kinds of findings to the sections of the exercise's lesson
// that tell why they matter.
func whyView(course *lessons.Course, ex *exercises.Exercise, lang content.Lang) map[string]*view.Link {
	out := make(map[string]*view.Link)
	lesson, ok := course.Lesson(ex.Lesson)
	if !ok {
		return out
	}
	for _, heading := range lesson.Pages[lang].Sections {
		for _, w := range ex.Why {
			if w.Section == heading.ID && out[w.Finding] == nil {
				out[w.Finding] = &view.Link{Path: "lessons/" + lesson.Slug + "#" + heading.ID, Text: heading.Text}
			}
		}
	}
	return out
}

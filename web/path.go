package web

import (
	"context"
	"slices"
	"time"

	"manche/content"
	"manche/exercises"
	"manche/lessons"
	"manche/web/store"
	"manche/web/view"
)

// step is one thing to do on the way through the course: the questions of a
// lesson, or an exercise.
type step struct {
	lesson   *lessons.Lesson     // nil for an exercise
	exercise *exercises.Exercise // nil for a lesson
	answered int                 // questions of the lesson
	total    int
	first    string         // the first question without an answer, or ""
	progress store.Progress // with the exercise
	at       time.Time      // when the learner was last at it; zero for never
}

// done reports whether nothing is left to do there. A lesson without questions
// never holds anybody up.
func (s step) done() bool {
	if s.exercise != nil {
		return s.progress.Passed
	}
	return s.answered == s.total
}

func (s step) begun() bool { return !s.at.IsZero() }

// steps are the whole way, in the order of the course, as far as a learner has
// come with it. Without a key nothing is begun.
func (s *Server) steps(ctx context.Context, key string) ([]step, error) {
	var m marks
	if key != "" {
		var err error
		if m, err = s.marks(ctx, key); err != nil {
			return nil, err
		}
	}
	var all []step
	for _, l := range s.Course.Lessons() {
		all = append(all, m.lesson(l))
		for _, ex := range s.exercises {
			if ex.Lesson == l.Slug {
				all = append(all, m.exercise(ex))
			}
		}
	}
	for _, ex := range s.exercises {
		if _, ok := s.Course.Lesson(ex.Lesson); !ok {
			all = append(all, m.exercise(ex))
		}
	}
	return all, nil
}

// marks are what a learner has left behind.
type marks struct {
	answers  map[[2]string]time.Time // lesson and activity
	progress map[string]store.Progress
	drafts   map[string]time.Time
}

func (s *Server) marks(ctx context.Context, key string) (marks, error) {
	m := marks{answers: make(map[[2]string]time.Time), drafts: make(map[string]time.Time)}
	answered, err := s.Store.Answered(ctx, key)
	if err != nil {
		return m, err
	}
	for _, a := range answered {
		m.answers[[2]string{a.Lesson, a.Activity}] = a.At
	}
	drafts, err := s.Store.Drafts(ctx, key)
	if err != nil {
		return m, err
	}
	for _, d := range drafts {
		m.drafts[d.Exercise] = d.At
	}
	m.progress, err = s.Store.Progress(ctx, key)
	return m, err
}

func (m marks) lesson(l *lessons.Lesson) step {
	out := step{lesson: l}
	for _, a := range l.Pages[content.EN].Activities {
		if a.Kind == lessons.Prompt {
			continue // to be copied, not answered
		}
		out.total++
		at, ok := m.answers[[2]string{l.Slug, a.ID}]
		switch {
		case ok:
			out.answered++
			out.at = later(out.at, at)
		case out.first == "":
			out.first = a.ID
		}
	}
	return out
}

func (m marks) exercise(ex *exercises.Exercise) step {
	p := m.progress[ex.Slug]
	return step{exercise: ex, progress: p, at: later(p.At, m.drafts[ex.Slug])}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// next returns the index of the step to go on with: the one that the learner was
// last at, or if that is done, the next that is not, the beginning of the course
// coming after its end. It is -1 for who has not begun, and where all is done.
func next(all []step) int {
	last := -1
	for i, s := range all {
		if s.begun() && (last < 0 || s.at.After(all[last].at)) {
			last = i
		}
	}
	if last < 0 {
		return -1
	}
	for i := range all {
		if at := (last + i) % len(all); !all[at].done() {
			return at
		}
	}
	return -1
}

// link is the way to a step: in a lesson that was begun, to its next question.
func (s *Server) link(st step, lang content.Lang) *view.Link {
	if st.exercise != nil {
		card := s.prose[proseKey{st.exercise.Slug, lang}].card
		return &view.Link{Path: "exercises/" + card.Slug, Text: card.Title}
	}
	l := lessonLink(st.lesson, lang)
	if st.answered > 0 && st.first != "" {
		l.Path += "#" + st.first
	}
	return l
}

// begun reports whether any step was.
func begun(all []step) bool { return slices.ContainsFunc(all, step.begun) }

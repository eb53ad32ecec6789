package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"manche/grader/queue"
)

// Attempt is one of a learner's submissions, as a list shows it.
type Attempt struct {
	ID      string
	State   queue.State
	Outcome string    // what the verdict says; "" until Done
	At      time.Time // when it was accepted
}

// Attempts returns a learner's latest submissions of an exercise, the newest
// first, at most limit. Superseded ones are left out: nothing came of them.
func (s *Store) Attempts(ctx context.Context, learner, exercise string, limit int) ([]Attempt, error) {
	all, err := collect(ctx, s.reader, scanAttempt, `select id, state, verdict, accepted_at from submission
		where learner = ? and exercise = ? and state <> 'superseded'
		order by accepted_at desc, id desc limit ?`, learner, exercise, limit)
	return all, wrap("reading a learner's attempts", err)
}

func scanAttempt(rows *sql.Rows) (Attempt, error) {
	var a Attempt
	var state, verdict string
	var at int64
	if err := rows.Scan(&a.ID, &state, &verdict, &at); err != nil {
		return a, err
	}
	a.State, a.At = shown(state), fromMS(at)
	if a.State != queue.Done {
		return a, nil
	}
	var v struct{ Outcome string }
	err := json.Unmarshal([]byte(verdict), &v)
	a.Outcome = v.Outcome
	return a, err
}

// Draft is what a learner was writing.
type Draft struct {
	Exercise string
	Files    map[string]string
	At       time.Time // when it was saved
}

// Drafts returns all that a learner was writing, by exercise.
func (s *Store) Drafts(ctx context.Context, learner string) ([]Draft, error) {
	all, err := collect(ctx, s.reader, func(rows *sql.Rows) (Draft, error) {
		var d Draft
		var files string
		var at int64
		if err := rows.Scan(&d.Exercise, &files, &at); err != nil {
			return d, err
		}
		d.At = fromMS(at)
		return d, json.Unmarshal([]byte(files), &d.Files)
	}, "select exercise, files, saved_at from draft where learner = ? order by exercise", learner)
	return all, wrap("reading a learner's drafts", err)
}

// Answered returns all of a learner's answers, by lesson and activity.
func (s *Store) Answered(ctx context.Context, learner string) ([]Answer, error) {
	all, err := collect(ctx, s.reader, func(rows *sql.Rows) (Answer, error) {
		a := Answer{Learner: learner}
		var at int64
		err := rows.Scan(&a.Lesson, &a.Activity, &a.Choice, &a.Text, &at)
		a.At = fromMS(at)
		return a, err
	}, "select lesson, activity, choice, words, saved_at from answer where learner = ? order by lesson, activity", learner)
	return all, wrap("reading a learner's answers", err)
}

// submissionsAtATime bounds what of a learner's submissions is in memory: each is
// some 20 kB with its verdict, and never much above a request's body.
const submissionsAtATime = 20

// EachSubmission calls f with every submission of a learner, the oldest first,
// and ends with the first error of f. No connection is held while f works, so
// that it may be as slow as a reader of the network.
func (s *Store) EachSubmission(ctx context.Context, learner string, f func(Submission) error) error {
	var at int64
	id := ""
	for {
		some, err := collect(ctx, s.reader, scanSubmission, "select "+submissionColumns+` from submission
			where learner = ? and (accepted_at > ? or (accepted_at = ? and id > ?))
			order by accepted_at, id limit ?`, learner, at, at, id, submissionsAtATime)
		if err != nil {
			return wrap("reading a learner's submissions", err)
		}
		for _, sub := range some {
			if err := f(sub); err != nil {
				return err
			}
		}
		if len(some) < submissionsAtATime {
			return nil
		}
		last := some[len(some)-1]
		at, id = last.AcceptedAt.UnixMilli(), last.ID
	}
}

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// SaveDraft keeps what a learner is writing, in place of what was kept before.
func (s *Store) SaveDraft(ctx context.Context, learner, exercise string, files map[string]string) error {
	text, err := encode(files)
	if err != nil {
		return wrap("saving a draft", err)
	}
	return s.write(ctx, "saving a draft", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into draft (learner, exercise, files, saved_at) values (?, ?, ?, ?)
			on conflict (learner, exercise) do update set files = excluded.files, saved_at = excluded.saved_at`,
			learner, exercise, text, time.Now().UnixMilli())
		return err
	})
}

// Draft returns what was kept last, or nil.
func (s *Store) Draft(ctx context.Context, learner, exercise string) (map[string]string, error) {
	texts, err := collect(ctx, s.reader, scanText, "select files from draft where learner = ? and exercise = ?", learner, exercise)
	if err != nil || len(texts) == 0 {
		return nil, wrap("reading a draft", err)
	}
	var files map[string]string
	return files, wrap("reading a draft", json.Unmarshal([]byte(texts[0]), &files))
}

// Progress is how far a learner has come with an exercise.
type Progress struct {
	Attempts int       // submissions that got their verdict
	Passed   bool      // one of them passed
	LastID   string    // the newest submission that was not superseded
	At       time.Time // when that was accepted
}

// Progress returns the learner's progress by exercise; those never tried are
// not in it.
func (s *Store) Progress(ctx context.Context, learner string) (map[string]Progress, error) {
	out := map[string]Progress{}
	_, err := collect(ctx, s.reader, func(rows *sql.Rows) (struct{}, error) {
		var exercise string
		var p Progress
		var at int64
		err := rows.Scan(&exercise, &p.LastID, &at, &p.Attempts, &p.Passed)
		p.At = fromMS(at)
		out[exercise] = p
		return struct{}{}, err
	}, `select exercise, id, accepted_at, attempts, passed_once from (
			select exercise, id, accepted_at,
				row_number() over (partition by exercise order by accepted_at desc, id desc) as age,
				sum(case when state = 'done' then 1 else 0 end) over (partition by exercise) as attempts,
				max(passed) over (partition by exercise) as passed_once
			from submission where learner = ? and state <> 'superseded') as tried
		where age = 1`, learner)
	return out, wrap("reading a learner's progress", err)
}

// Answer is what a learner answered to an activity inside a lesson.
type Answer struct {
	Learner  string
	Lesson   string
	Activity string
	Choice   string
	Text     string
	At       time.Time // when it was saved; set by the store
}

// SaveAnswer keeps an answer in place of the learner's earlier one.
func (s *Store) SaveAnswer(ctx context.Context, a Answer) error {
	return s.write(ctx, "saving an answer", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into answer (learner, lesson, activity, choice, words, saved_at) values (?, ?, ?, ?, ?, ?)
			on conflict (learner, lesson, activity) do update
			set choice = excluded.choice, words = excluded.words, saved_at = excluded.saved_at`,
			a.Learner, a.Lesson, a.Activity, a.Choice, a.Text, time.Now().UnixMilli())
		return err
	})
}

// Answers returns the learner's answers within a lesson, by activity.
func (s *Store) Answers(ctx context.Context, learner, lesson string) (map[string]Answer, error) {
	out := map[string]Answer{}
	_, err := collect(ctx, s.reader, func(rows *sql.Rows) (struct{}, error) {
		a := Answer{Learner: learner, Lesson: lesson}
		var at int64
		err := rows.Scan(&a.Activity, &a.Choice, &a.Text, &at)
		a.At = fromMS(at)
		out[a.Activity] = a
		return struct{}{}, err
	}, "select activity, choice, words, saved_at from answer where learner = ? and lesson = ?", learner, lesson)
	return out, wrap("reading answers", err)
}

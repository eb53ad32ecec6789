package store

import (
	"context"
	"database/sql"
	"time"

	"manche/web/review"
)

// Card is an activity of a lesson that comes back to a learner.
type Card struct {
	Learner  string
	Lesson   string
	Activity string
	review.Card
}

// Cards returns all of a learner's cards, by lesson and activity.
func (s *Store) Cards(ctx context.Context, learner string) ([]Card, error) {
	cards, err := collect(ctx, s.reader, scanCard, `select lesson, activity, stability, difficulty, due, last, reps, lapses
		from card where learner = ? order by lesson, activity`, learner)
	for i := range cards {
		cards[i].Learner = learner
	}
	return cards, wrap("reading a learner's cards", err)
}

func scanCard(rows *sql.Rows) (Card, error) {
	var c Card
	var due, last int64
	err := rows.Scan(&c.Lesson, &c.Activity, &c.Stability, &c.Difficulty, &due, &last, &c.Reps, &c.Lapses)
	c.Due, c.Last = fromMS(due), fromMS(last)
	return c, err
}

// SaveCard keeps a card after one more rating, and with it what the learner wrote
// this time, unless that is "". It does nothing and reports false where the card
// kept is not the one that was rated: its ratings must be one fewer. So a form
// that is sent twice counts once.
func (s *Store) SaveCard(ctx context.Context, c Card, words string) (saved bool, err error) {
	err = s.write(ctx, "saving a card", func(tx *sql.Tx) error {
		if saved, err = rate(ctx, tx, c); err != nil || !saved || words == "" {
			return err
		}
		_, err = tx.ExecContext(ctx, `insert into answer (learner, lesson, activity, choice, words, saved_at) values (?, ?, ?, '', ?, ?)
			on conflict (learner, lesson, activity) do update set words = excluded.words, saved_at = excluded.saved_at`,
			c.Learner, c.Lesson, c.Activity, words, time.Now().UnixMilli())
		return err
	})
	return saved && err == nil, err
}

// rate writes the first rating of a card, or one more over the state before it.
func rate(ctx context.Context, tx *sql.Tx, c Card) (bool, error) {
	var r sql.Result
	var err error
	if c.Reps == 1 {
		r, err = tx.ExecContext(ctx, `insert into card (learner, lesson, activity, stability, difficulty, due, last, reps, lapses)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (learner, lesson, activity) do nothing`,
			c.Learner, c.Lesson, c.Activity, c.Stability, c.Difficulty, c.Due.UnixMilli(), c.Last.UnixMilli(), c.Reps, c.Lapses)
	} else {
		r, err = tx.ExecContext(ctx, `update card set stability = ?, difficulty = ?, due = ?, last = ?, reps = ?, lapses = ?
			where learner = ? and lesson = ? and activity = ? and reps = ?`,
			c.Stability, c.Difficulty, c.Due.UnixMilli(), c.Last.UnixMilli(), c.Reps, c.Lapses,
			c.Learner, c.Lesson, c.Activity, c.Reps-1)
	}
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n == 1, err
}

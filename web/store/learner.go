package store

import (
	"context"
	"database/sql"
	"regexp"
)

// Held is how much is kept of one learner.
type Held struct {
	Submissions, Drafts, Answers, Cards int
}

// Any reports whether there is anything.
func (h Held) Any() bool { return h != Held{} }

// And is what two stores hold together.
func (h Held) And(other Held) Held {
	return Held{
		h.Submissions + other.Submissions, h.Drafts + other.Drafts, h.Answers + other.Answers, h.Cards + other.Cards,
	}
}

// Held counts what is kept of a learner.
func (s *Store) Held(ctx context.Context, learner string) (h Held, err error) {
	err = s.reader.QueryRowContext(ctx, `select
			(select count(*) from submission where learner = ?), (select count(*) from draft where learner = ?),
			(select count(*) from answer where learner = ?), (select count(*) from card where learner = ?)`,
		learner, learner, learner, learner).Scan(&h.Submissions, &h.Drafts, &h.Answers, &h.Cards)
	return h, wrap("counting what is kept of a learner", err)
}

// Forget deletes everything about a learner, all of it or nothing. It returns the
// submissions that were not finished, for the queue to cancel.
func (s *Store) Forget(ctx context.Context, learner string) ([]string, error) {
	var cancelled []string
	err := s.write(ctx, "forgetting a learner", func(tx *sql.Tx) (err error) {
		cancelled, err = collect(ctx, tx, scanText, "select id from submission where learner = ? and "+unfinished, learner)
		if err != nil {
			return err
		}
		for _, table := range []string{"submission", "fair", "draft", "answer", "card"} {
			if _, err := tx.ExecContext(ctx, "delete from "+table+" where learner = ?", learner); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return cancelled, nil
}

// moves are how what is kept of one learner becomes another's. Submissions all
// move; what no two submissions of one learner may have in common is taken off
// those that come. Of two drafts, answers or cards for the same thing the newer
// stays.
var moves = []string{
	`update submission set idempotency = '' where learner = @from and idempotency in
		(select idempotency from submission where learner = @into)`,
	`update submission set known_by = '' where learner = @from and ` + unfinished + ` and exists
		(select 1 from submission other where other.learner = @into and other.exercise = submission.exercise
			and other.known_by = submission.known_by and other.state in ('queued', 'sent', 'building', 'running'))`,
	`update submission set learner = @into where learner = @from`,
	`insert into draft (learner, exercise, files, saved_at)
		select @into, exercise, files, saved_at from draft where learner = @from
		on conflict (learner, exercise) do update set files = excluded.files, saved_at = excluded.saved_at
		where excluded.saved_at > draft.saved_at`,
	`insert into answer (learner, lesson, activity, choice, words, saved_at)
		select @into, lesson, activity, choice, words, saved_at from answer where learner = @from
		on conflict (learner, lesson, activity) do update
		set choice = excluded.choice, words = excluded.words, saved_at = excluded.saved_at
		where excluded.saved_at > answer.saved_at`,
	`insert into card (learner, lesson, activity, stability, difficulty, due, last, reps, lapses)
		select @into, lesson, activity, stability, difficulty, due, last, reps, lapses from card where learner = @from
		on conflict (learner, lesson, activity) do update
		set stability = excluded.stability, difficulty = excluded.difficulty, due = excluded.due,
			last = excluded.last, reps = excluded.reps, lapses = excluded.lapses
		where excluded.last > card.last`,
	`delete from draft where learner = @from`,
	`delete from answer where learner = @from`,
	`delete from card where learner = @from`,
	`delete from fair where learner = @from`,
}

var sides = regexp.MustCompile("@(from|into)")

// between names the two learners of a move.
func between(move, from, into string) (query string, args []any) {
	for _, side := range sides.FindAllString(move, -1) {
		if side == "@from" {
			args = append(args, from)
		} else {
			args = append(args, into)
		}
	}
	return sides.ReplaceAllString(move, "?"), args
}

// Merge makes everything of one learner another's, all of it or nothing. Nothing
// happens where the two are the same.
func (s *Store) Merge(ctx context.Context, from, into string) error {
	if from == into {
		return nil
	}
	return s.write(ctx, "merging two learners", func(tx *sql.Tx) error {
		for _, move := range moves {
			query, args := between(move, from, into)
			if _, err := tx.ExecContext(ctx, query, args...); err != nil {
				return err
			}
		}
		return nil
	})
}

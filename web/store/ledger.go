package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"manche/grader/queue"
)

// Store keeps the queue's submissions.
var _ queue.Lane = (*Store)(nil)

// claim is a job with its place in the fair order.
type claim struct {
	queue.Job
	fair, accepted int64
}

// Claim implements [queue.Claimer].
func (s *Store) Claim(ctx context.Context, now time.Time, window int, lease time.Duration) ([]queue.Job, error) {
	var claims []claim
	err := s.write(ctx, "claiming submissions", func(tx *sql.Tx) (err error) {
		var out int // counted here, so that no two calls can overshoot
		if err := tx.QueryRowContext(ctx, "select count(*) from submission where "+claimed).Scan(&out); err != nil || out >= window {
			return err
		}
		claims, err = collect(ctx, tx, scanClaim, `update submission set state = 'sent', epoch = epoch + 1, deadline = ?
			where id in (select id from submission where state = 'queued' and ready_at <= ?
				order by fair, accepted_at, id limit ?)
			returning id, exercise, files, epoch, fair, accepted_at`,
			now.Add(lease).UnixMilli(), now.UnixMilli(), window-out)
		if err != nil || len(claims) == 0 {
			return err
		}
		slices.SortFunc(claims, func(a, b claim) int { // "returning" keeps no order
			return cmp.Or(cmp.Compare(a.fair, b.fair), cmp.Compare(a.accepted, b.accepted), cmp.Compare(a.ID, b.ID))
		})
		last := claims[len(claims)-1].fair
		_, err = tx.ExecContext(ctx, "update clock set now = ? where id = 1 and now < ?", last, last)
		return err
	})
	if err != nil {
		return nil, err
	}
	jobs := make([]queue.Job, len(claims))
	for i, c := range claims {
		jobs[i] = c.Job
	}
	return jobs, nil
}

func scanClaim(rows *sql.Rows) (claim, error) {
	var c claim
	var files string
	if err := rows.Scan(&c.ID, &c.Exercise, &files, &c.Epoch, &c.fair, &c.accepted); err != nil {
		return claim{}, err
	}
	var texts map[string]string
	if err := json.Unmarshal([]byte(files), &texts); err != nil {
		return claim{}, err
	}
	c.Files = make(map[string][]byte, len(texts))
	for name, text := range texts {
		c.Files[name] = []byte(text)
	}
	return c, nil
}

// Claimed implements [queue.Lane].
func (s *Store) Claimed(ctx context.Context) (n int, err error) {
	if err = s.reader.QueryRowContext(ctx, "select count(*) from submission where "+claimed).Scan(&n); err != nil {
		return 0, fmt.Errorf("counting claims: %w", err)
	}
	return n, nil
}

// Release implements [queue.Claimer].
func (s *Store) Release(ctx context.Context, jobs []queue.Job) error {
	return s.write(ctx, "releasing claims", func(tx *sql.Tx) error {
		for _, j := range jobs {
			_, err := tx.ExecContext(ctx, "update submission set state = 'queued' where id = ? and epoch = ? and "+claimed, j.ID, j.Epoch)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Advance implements [queue.Keeper].
func (s *Store) Advance(ctx context.Context, id string, epoch int, state queue.State, until time.Time) (held bool, err error) {
	err = s.write(ctx, "renewing the claim of "+id, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "update submission set state = ?, deadline = ? where id = ? and epoch = ? and "+claimed,
			string(state), until.UnixMilli(), id, epoch)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		held = n == 1
		return err
	})
	return held && err == nil, err
}

// Requeue implements [queue.Keeper].
func (s *Store) Requeue(ctx context.Context, now time.Time) ([]queue.Event, error) {
	return s.takeBack(ctx, now, now.UnixMilli())
}

// Recover returns every claim to the queue. It is for the start of the only
// server of this database, when no worker of an earlier one can be alive; those
// that had begun count as a failure, for they may have been the reason.
func (s *Store) Recover(ctx context.Context) error {
	const always = int64(1) << 62 // beyond every deadline
	_, err := s.takeBack(ctx, time.Now(), always)
	return err
}

// takeBack ends the claims with a deadline before that, in milliseconds.
func (s *Store) takeBack(ctx context.Context, now time.Time, before int64) (changed []queue.Event, err error) {
	err = s.write(ctx, "taking claims back", func(tx *sql.Tx) (err error) {
		changed, err = collect(ctx, tx, scanEvent, `update submission set
				state = case when state <> 'sent' and failures + 1 >= ? then 'error' else 'queued' end,
				finished_at = case when state <> 'sent' and failures + 1 >= ? then ? else 0 end,
				error = case when state = 'sent' then error else 'the worker was lost' end,
				failures = case when state = 'sent' then failures else failures + 1 end
			where deadline < ? and `+claimed+` returning id, epoch, state`,
			queue.MaxFailures, queue.MaxFailures, now.UnixMilli(), before)
		return err
	})
	return changed, err
}

func scanEvent(rows *sql.Rows) (queue.Event, error) {
	var e queue.Event
	var state string
	err := rows.Scan(&e.ID, &e.Epoch, &state)
	e.State = shown(state)
	return e, err
}

package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"manche/grader/queue"
)

// Record implements [queue.Recorder].
func (s *Store) Record(ctx context.Context, now time.Time, outcomes []queue.Outcome) ([]queue.Event, error) {
	var changed []queue.Event
	err := s.write(ctx, "recording outcomes", func(tx *sql.Tx) error {
		for _, o := range outcomes {
			record := recordVerdict
			if o.Err != "" {
				record = recordFailure
			}
			events, err := record(ctx, tx, now, o)
			if err != nil {
				return err
			}
			changed = append(changed, events...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

func recordVerdict(ctx context.Context, tx *sql.Tx, now time.Time, o queue.Outcome) ([]queue.Event, error) {
	return collect(ctx, tx, scanEvent, `update submission set state = 'done', verdict = ?, passed = ?, error = '', finished_at = ?
		where id = ? and epoch = ? and `+unfinished+` returning id, epoch, state`,
		string(o.Verdict), truth(o.Passed), now.UnixMilli(), o.ID, o.Epoch)
}

// recordFailure sends the submission back to the queue after a pause, or ends
// it. One that is queued again has had its failure counted.
func recordFailure(ctx context.Context, tx *sql.Tx, now time.Time, o queue.Outcome) ([]queue.Event, error) {
	return collect(ctx, tx, scanEvent, `update submission set
			state = case when failures + 1 >= ? then 'error' else 'queued' end,
			finished_at = case when failures + 1 >= ? then ? else 0 end,
			error = ?, ready_at = ? + ? * (failures + 1), failures = failures + 1
		where id = ? and epoch = ? and `+claimed+` returning id, epoch, state`,
		queue.MaxFailures, queue.MaxFailures, now.UnixMilli(), o.Err, now.UnixMilli(), queue.RetryPause.Milliseconds(), o.ID, o.Epoch)
}

// maxNames bounds the names in one query, below what SQLite takes.
const maxNames = 500

// Standing implements [queue.Observer].
func (s *Store) Standing(ctx context.Context, ids []string) ([]queue.Event, error) {
	var all []queue.Event
	for part := range slices.Chunk(ids, maxNames) {
		events, err := s.standing(ctx, part)
		if err != nil {
			return nil, err
		}
		all = append(all, events...)
	}
	return all, nil
}

// standing numbers those that wait once for all the ids, behind the claims that
// no worker has begun.
func (s *Store) standing(ctx context.Context, ids []string) ([]queue.Event, error) {
	names := make([]any, len(ids))
	for i, id := range ids {
		names[i] = id
	}
	events, err := collect(ctx, s.reader, scanStanding, `with line as (
			select id, row_number() over (order by fair, accepted_at, id) - 1 as ahead from submission where state = 'queued')
		select me.id, me.epoch, me.state, case when line.ahead is null then 0 else
			line.ahead + (select count(*) from submission where state = 'sent' and `+claimed+`) end
		from submission me left join line on line.id = me.id
		where me.id in (?`+strings.Repeat(", ?", len(ids)-1)+`)`, names...)
	return events, wrap("reading where submissions stand", err)
}

func scanStanding(rows *sql.Rows) (queue.Event, error) {
	var e queue.Event
	var state string
	err := rows.Scan(&e.ID, &e.Epoch, &state, &e.Place)
	e.State = shown(state)
	return e, err
}

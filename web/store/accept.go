package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"manche/grader/queue"
)

// New is a submission to be accepted.
type New struct {
	Learner  string
	Exercise string
	// Turn is with whom a learner takes turns of whom nothing is kept yet; it is no
	// learner's name. "" lets every learner take their own.
	Turn string
	// Key names everything that a verdict depends on: exercise and revision,
	// files, revision of the grader. A verdict that is known under the same key
	// is given at once. "" means that none is.
	Key string
	// Recall makes of a known verdict the one that is given again, or reports that
	// it is worth no second use. nil gives it as it is.
	Recall func(verdict []byte) (again []byte, ok bool)
	Files  map[string]string // UTF-8
	// Supersede ends the learner's earlier unfinished submissions of this
	// exercise.
	Supersede bool
	// IdempotencyKey is the client's own name for this submission, or "". Sent
	// again, it leads to the same submission.
	IdempotencyKey string
}

// ErrReused tells that an idempotency key came with another submission before.
var ErrReused = errors.New("the idempotency key belongs to another submission")

// ErrBusy tells that too many submissions are unfinished; nothing was accepted.
type ErrBusy struct {
	RetryAfter time.Duration // when it is worth asking again
}

func (e *ErrBusy) Error() string {
	return fmt.Sprintf("too many unfinished submissions; try again in %v", e.RetryAfter)
}

// busyRetry is when a client that was turned away may come back: by then even
// one slot has made room for dozens.
const busyRetry = 30 * time.Second

// Accept keeps a submission durably, or returns an error and has kept nothing.
// It returns the learner's earlier submission where the idempotency key or, with
// a Key, an unfinished submission of the same content says that it is the same.
// The ids are those of the submissions that this one superseded, for the queue
// to cancel. Errors to tell apart: *ErrBusy and ErrReused.
func (s *Store) Accept(ctx context.Context, n New) (Submission, []string, error) {
	files, err := encode(n.Files)
	if err != nil {
		return Submission{}, nil, fmt.Errorf("accepting a submission: %w", err)
	}
	var sub Submission
	var superseded []string
	err = s.write(ctx, "accepting a submission", func(tx *sql.Tx) (err error) {
		a := acceptance{tx, n, files, Hash(n.Files), time.UnixMilli(time.Now().UnixMilli()), s.maxUnfinished}
		sub, superseded, err = a.run(ctx)
		return err
	})
	if err != nil {
		return Submission{}, nil, err
	}
	return sub, superseded, nil
}

// encode refuses what JSON would quietly change: the learner's bytes are judged
// as they are or not at all.
func encode(files map[string]string) (string, error) {
	for name, text := range files {
		if !utf8.ValidString(name) || !utf8.ValidString(text) {
			return "", fmt.Errorf("the file %q is not UTF-8", name)
		}
	}
	out, err := json.Marshal(files)
	return string(out), err
}

// acceptance is one call of Accept, inside its transaction.
type acceptance struct {
	tx            *sql.Tx
	New           New
	files, hash   string
	now           time.Time
	maxUnfinished int
}

func (a *acceptance) run(ctx context.Context) (Submission, []string, error) {
	again, found, err := a.repeated(ctx)
	if found || err != nil {
		return again, nil, err
	}
	sub, same, err := a.waiting(ctx)
	if err != nil {
		return Submission{}, nil, err
	}
	if !same {
		sub = Submission{
			ID: NewID(), Learner: a.New.Learner, Exercise: a.New.Exercise, Files: a.New.Files, Hash: a.hash,
			State: queue.Queued, AcceptedAt: a.now,
		}
	}
	var superseded []string
	if a.New.Supersede { // first: it makes room
		if superseded, err = a.supersede(ctx, sub.ID); err != nil {
			return Submission{}, nil, err
		}
	}
	if !same {
		sub, err = a.insert(ctx, sub)
	}
	return sub, superseded, err
}

// repeated finds the submission that the idempotency key stands for.
func (a *acceptance) repeated(ctx context.Context) (Submission, bool, error) {
	if a.New.IdempotencyKey == "" {
		return Submission{}, false, nil
	}
	sub, err := oneSubmission(ctx, a.tx, "learner = ? and idempotency = ? and idempotency <> ''", a.New.Learner, a.New.IdempotencyKey)
	if errors.Is(err, ErrNotFound) {
		return Submission{}, false, nil
	}
	if err == nil && (sub.Exercise != a.New.Exercise || sub.Hash != a.hash) {
		err = ErrReused
	}
	return sub, true, err
}

// waiting finds an unfinished submission with the same content: a double click.
func (a *acceptance) waiting(ctx context.Context) (Submission, bool, error) {
	if a.New.Key == "" {
		return Submission{}, false, nil
	}
	sub, err := oneSubmission(ctx, a.tx, "learner = ? and exercise = ? and known_by = ? and known_by <> '' and "+unfinished,
		a.New.Learner, a.New.Exercise, a.New.Key)
	if errors.Is(err, ErrNotFound) {
		return Submission{}, false, nil
	}
	return sub, err == nil, err
}

func (a *acceptance) supersede(ctx context.Context, by string) ([]string, error) {
	return collect(ctx, a.tx, scanText, `update submission set state = 'superseded', superseded_by = ?, finished_at = ?
		where learner = ? and exercise = ? and id <> ? and `+unfinished+` returning id`,
		by, a.now.UnixMilli(), a.New.Learner, a.New.Exercise, by)
}

// insert adds the submission, with its verdict if that is known already.
func (a *acceptance) insert(ctx context.Context, sub Submission) (Submission, error) {
	known, err := a.known(ctx)
	if err != nil {
		return Submission{}, err
	}
	var fair int64
	if known != nil {
		sub.State, sub.Verdict, sub.Passed, sub.FinishedAt = queue.Done, known.Verdict, known.Passed, a.now
	} else if fair, err = a.admit(ctx); err != nil {
		return Submission{}, err
	}
	var finished int64
	if known != nil {
		finished = a.now.UnixMilli()
	}
	_, err = a.tx.ExecContext(ctx, `insert into submission (id, learner, exercise, known_by, idempotency, hash, files, state,
		fair, epoch, failures, ready_at, deadline, verdict, passed, error, superseded_by, accepted_at, finished_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?, ?, '', '', ?, ?)`,
		sub.ID, sub.Learner, sub.Exercise, a.New.Key, a.New.IdempotencyKey, sub.Hash, a.files, string(sub.State),
		fair, string(sub.Verdict), truth(sub.Passed), a.now.UnixMilli(), finished)
	return sub, err
}

// known finds the submission that was judged last under the same key.
func (a *acceptance) known(ctx context.Context) (*Submission, error) {
	if a.New.Key == "" {
		return nil, nil
	}
	sub, err := oneSubmission(ctx, a.tx, "known_by = ? and state = 'done' order by finished_at desc", a.New.Key)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err == nil && a.New.Recall != nil {
		again, ok := a.New.Recall(sub.Verdict)
		if !ok {
			return nil, nil
		}
		sub.Verdict = again
	}
	return &sub, err
}

// turn returns who takes turns: the learner, or those whom the learner comes with.
func (a *acceptance) turn(ctx context.Context) (who string, err error) {
	if a.New.Turn == "" {
		return a.New.Learner, nil
	}
	err = a.tx.QueryRowContext(ctx, `select case when exists (select 1 from submission where learner = ?)
			or exists (select 1 from draft where learner = ?) then ? else ? end`,
		a.New.Learner, a.New.Learner, a.New.Learner, a.New.Turn).Scan(&who)
	return who, err
}

// admit returns the fair-queueing tag of a submission that has to be judged: one
// more than the last of the same turn, and never before those that went already. So
// learners take turns, however much one of them sends.
func (a *acceptance) admit(ctx context.Context) (tag int64, err error) {
	var busy int
	if err := a.tx.QueryRowContext(ctx, "select count(*) from submission where "+unfinished).Scan(&busy); err != nil {
		return 0, err
	}
	if busy >= a.maxUnfinished {
		return 0, &ErrBusy{RetryAfter: busyRetry}
	}
	who, err := a.turn(ctx)
	if err != nil {
		return 0, err
	}
	err = a.tx.QueryRowContext(ctx, `insert into fair (learner, last) select ?, now + 1 from clock where id = 1
		on conflict (learner) do update
		set last = case when fair.last >= excluded.last then fair.last + 1 else excluded.last end
		returning last`, who).Scan(&tag)
	return tag, err
}

// truth is a bool in SQL that every database reads alike.
func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

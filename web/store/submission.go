package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"manche/grader/queue"
)

// Conditions on a submission's state. The partial indexes carry the same words,
// which is how the database knows that they fit.
const (
	unfinished = "state in ('queued', 'sent', 'building', 'running')"
	claimed    = "state in ('sent', 'building', 'running')"
)

// sent is the state of a claim that no worker has begun. To learners it is
// still queued.
const sent = "sent"

func shown(state string) queue.State {
	if state == sent {
		return queue.Queued
	}
	return queue.State(state)
}

// Submission is what a learner handed in, and what came of it.
type Submission struct {
	ID           string // unguessable; the right to read it
	Learner      string
	Exercise     string
	Files        map[string]string
	Hash         string // of Files
	State        queue.State
	Verdict      json.RawMessage // nil until Done
	Passed       bool            // false until Done
	Error        string          // our last failure, for the operator; no words for learners
	SupersededBy string          // the newer submission, when Superseded
	AcceptedAt   time.Time       // in milliseconds
	FinishedAt   time.Time       // zero until State is final
}

const submissionColumns = "id, learner, exercise, files, hash, state, verdict, passed, error, superseded_by, accepted_at, finished_at"

func scanSubmission(rows *sql.Rows) (Submission, error) {
	var s Submission
	var files, state, verdict string
	var accepted, finished int64
	if err := rows.Scan(&s.ID, &s.Learner, &s.Exercise, &files, &s.Hash, &state, &verdict, &s.Passed,
		&s.Error, &s.SupersededBy, &accepted, &finished); err != nil {
		return Submission{}, err
	}
	s.State, s.AcceptedAt, s.FinishedAt = shown(state), fromMS(accepted), fromMS(finished)
	if s.State == queue.Done {
		s.Verdict = json.RawMessage(verdict)
	}
	return s, json.Unmarshal([]byte(files), &s.Files)
}

// oneSubmission returns the first submission that the condition holds for, or
// ErrNotFound.
func oneSubmission(ctx context.Context, q querier, condition string, args ...any) (Submission, error) {
	found, err := collect(ctx, q, scanSubmission, "select "+submissionColumns+" from submission where "+condition+" limit 1", args...)
	if err != nil {
		return Submission{}, err
	}
	if len(found) == 0 {
		return Submission{}, ErrNotFound
	}
	return found[0], nil
}

// Submission returns a submission by its id, or ErrNotFound.
func (s *Store) Submission(ctx context.Context, id string) (Submission, error) {
	sub, err := oneSubmission(ctx, s.reader, "id = ?", id)
	if errors.Is(err, ErrNotFound) {
		return Submission{}, err
	}
	return sub, wrap("reading the submission "+id, err)
}

// Place returns how many submissions will be begun before this one; 0 when it
// has been begun. An unknown id is ErrNotFound.
func (s *Store) Place(ctx context.Context, id string) (ahead int, err error) {
	err = s.reader.QueryRowContext(ctx, `select case when me.state <> 'queued' then 0 else
			(select count(*) from submission where state = 'queued'
				and (fair, accepted_at, id) < (me.fair, me.accepted_at, me.id))
			+ (select count(*) from submission where state = 'sent' and `+claimed+`) end
		from submission me where me.id = ?`, id).Scan(&ahead)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrNotFound
	}
	return ahead, wrap("reading the place of "+id, err)
}

// Unfinished returns how many submissions wait or are being judged.
func (s *Store) Unfinished(ctx context.Context) (n int, err error) {
	err = s.reader.QueryRowContext(ctx, "select count(*) from submission where "+unfinished).Scan(&n)
	return n, wrap("counting unfinished submissions", err)
}

// Hash returns a name for these files: equal for equal names and contents only.
func Hash(files map[string]string) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%d %s %d %s", len(name), name, len(files[name]), files[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}

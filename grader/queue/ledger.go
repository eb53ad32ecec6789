package queue

import (
	"context"
	"time"
)

// Ledger keeps the submissions; it is the truth of the queue. Every change is
// durable before its method returns. What one returns beside an error is true all
// the same: a ledger of several may fail in part. Implementations are safe for concurrent use
// and take the time from their caller.
type Ledger interface {
	Claimer
	Keeper
	Recorder
	Observer
}

// Claimer hands submissions out.
type Claimer interface {
	// Claim takes waiting submissions in fair order, as many as keep the number
	// of claims at window or below, until now+lease, each with a new epoch.
	Claim(ctx context.Context, now time.Time, window int, lease time.Duration) ([]Job, error)
	// Release returns claims unjudged, through no fault of the job. Claims that
	// are no longer held under the job's epoch stay as they are.
	Release(ctx context.Context, jobs []Job) error
}

// Keeper looks after claims.
type Keeper interface {
	// Advance moves a claim to state, Building or Running, and its lease to
	// until. It returns false when the claim is no longer held under that epoch:
	// the submission is final, waiting again, or claimed anew.
	Advance(ctx context.Context, id string, epoch int, state State, until time.Time) (bool, error)
	// Requeue returns claims whose lease ended before now to the queue, and
	// tells what changed. Those that had begun count as a failure.
	Requeue(ctx context.Context, now time.Time) ([]Event, error)
}

// Recorder keeps outcomes.
type Recorder interface {
	// Record keeps the outcomes, all or none, or those that are not in an
	// [UnrecordedError], and tells what changed. A verdict
	// is kept only for a submission that is not final and has the outcome's
	// epoch; a failure only for one that is claimed. Others are ignored, so an
	// outcome may be recorded again.
	Record(ctx context.Context, now time.Time, outcomes []Outcome) ([]Event, error)
}

// UnrecordedError tells which outcomes a ledger could not keep, where it kept the
// others.
type UnrecordedError struct {
	Outcomes []Outcome
	Err      error // why
}

func (e *UnrecordedError) Error() string { return e.Err.Error() }

// Unwrap returns why.
func (e *UnrecordedError) Unwrap() error { return e.Err }

// Observer tells where submissions stand.
type Observer interface {
	// Standing returns one event for each submission that exists.
	Standing(ctx context.Context, ids []string) ([]Event, error)
}

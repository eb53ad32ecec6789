package store_test

import (
	"context"
	"testing"
	"time"

	"manche/grader/queue"
	"manche/web/store"
)

// backend is what every store offers, whatever database is behind it.
type backend interface {
	queue.Ledger
	Recover(ctx context.Context) error
	Accept(ctx context.Context, n store.New) (store.Submission, []string, error)
	Submission(ctx context.Context, id string) (store.Submission, error)
	Place(ctx context.Context, id string) (int, error)
	SaveDraft(ctx context.Context, learner, exercise string, files map[string]string) error
	Draft(ctx context.Context, learner, exercise string) (map[string]string, error)
	Progress(ctx context.Context, learner string) (map[string]store.Progress, error)
	SaveAnswer(ctx context.Context, a store.Answer) error
	Answers(ctx context.Context, learner, lesson string) (map[string]store.Answer, error)
	Answered(ctx context.Context, learner string) ([]store.Answer, error)
	Drafts(ctx context.Context, learner string) ([]store.Draft, error)
	Attempts(ctx context.Context, learner, exercise string, limit int) ([]store.Attempt, error)
	EachSubmission(ctx context.Context, learner string, f func(store.Submission) error) error
	Cards(ctx context.Context, learner string) ([]store.Card, error)
	SaveCard(ctx context.Context, c store.Card, words string) (bool, error)
	Held(ctx context.Context, learner string) (store.Held, error)
	Forget(ctx context.Context, learner string) ([]string, error)
	Merge(ctx context.Context, from, into string) error
}

// opener opens an empty store for one test.
type opener func(t *testing.T, opts ...store.Option) backend

// contract holds a kind of store against what its callers rely on.
func contract(t *testing.T, open opener) {
	for name, test := range map[string]func(*testing.T, opener){
		"accepted is there":                  acceptedIsThere,
		"unknown is not found":               unknownIsNotFound,
		"known verdict is given at once":     knownVerdict,
		"newer verdict is the one known":     newerVerdict,
		"same content is one submission":     sameContent,
		"fifty identical at once are one":    fiftyIdentical,
		"superseded in each state":           supersededInEachState,
		"supersede spares the others":        supersedeSparesOthers,
		"idempotency key":                    idempotencyKey,
		"busy accepts nothing":               busyAcceptsNothing,
		"text that is not UTF-8":             notUTF8,
		"window":                             windowHolds,
		"learners take turns":                learnersTakeTurns,
		"newcomers share turns":              newcomersShareTurns,
		"place":                              place,
		"late verdict of an old epoch":       epochFences,
		"verdict after the lease, unclaimed": verdictAfterLease,
		"verdict twice":                      verdictTwice,
		"failure pauses, then ends":          failureEnds,
		"lost workers end a job":             lostWorkers,
		"never begun never fails":            neverBegun,
		"release costs nothing":              releaseCostsNothing,
		"drafts":                             drafts,
		"progress":                           progress,
		"answers":                            answers,
		"attempts":                           attempts,
		"each submission, page by page":      eachSubmission,
		"cards":                              cards,
		"a rating counts once":               ratingCountsOnce,
		"fifty ratings at once are one":      fiftyRatings,
		"forget":                             forget,
		"forgotten while it is judged":       forgottenWhileJudged,
		"merge":                              merge,
		"merge of the same content":          mergeSame,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

// Times of the ledger's tests; the ledger takes its time from its caller.
const lease = time.Minute

func at(seconds int) time.Time { return time.Unix(2_000_000_000+int64(seconds), 0) }

func accept(t testing.TB, s backend, n store.New) store.Submission {
	t.Helper()
	if n.Files == nil {
		n.Files = map[string]string{"a.go": "package a"}
	}
	sub, _, err := s.Accept(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	return sub
}

func claim(t testing.TB, s backend, now time.Time, window int) []queue.Job {
	t.Helper()
	jobs, err := s.Claim(t.Context(), now, window, lease)
	if err != nil {
		t.Fatal(err)
	}
	return jobs
}

// claimOne claims what must be the only job at hand.
func claimOne(t testing.TB, s backend, now time.Time) queue.Job {
	t.Helper()
	jobs := claim(t, s, now, 100)
	if len(jobs) != 1 {
		t.Fatalf("got %d jobs, want 1", len(jobs))
	}
	return jobs[0]
}

func advance(t testing.TB, s backend, j queue.Job, state queue.State, until time.Time) bool {
	t.Helper()
	held, err := s.Advance(t.Context(), j.ID, j.Epoch, state, until)
	if err != nil {
		t.Fatal(err)
	}
	return held
}

// record records and returns the states that changed, by submission.
func record(t testing.TB, s backend, now time.Time, outcomes ...queue.Outcome) map[string]queue.State {
	t.Helper()
	events, err := s.Record(t.Context(), now, outcomes)
	if err != nil {
		t.Fatal(err)
	}
	return states(events)
}

func requeue(t testing.TB, s backend, now time.Time) map[string]queue.State {
	t.Helper()
	events, err := s.Requeue(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	return states(events)
}

func states(events []queue.Event) map[string]queue.State {
	out := map[string]queue.State{}
	for _, e := range events {
		out[e.ID] = e.State
	}
	return out
}

func passed(j queue.Job) queue.Outcome {
	return queue.Outcome{ID: j.ID, Epoch: j.Epoch, Verdict: []byte(`{"of":"` + j.ID + `"}`), Passed: true}
}

func failed(j queue.Job) queue.Outcome {
	return queue.Outcome{ID: j.ID, Epoch: j.Epoch, Err: "the disk is full"}
}

// wantState reads a submission and holds its state against want.
func wantState(t testing.TB, s backend, id string, want queue.State) store.Submission {
	t.Helper()
	sub, err := s.Submission(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if sub.State != want {
		t.Fatalf("submission %s: got state %q, want %q", id, sub.State, want)
	}
	if sub.State.Final() == sub.FinishedAt.IsZero() {
		t.Errorf("submission %s is %s and finished at %v", id, sub.State, sub.FinishedAt)
	}
	return sub
}

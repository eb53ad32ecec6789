package web

import (
	"context"

	"manche/grader"
	"manche/grader/queue"
	"manche/web/store"
)

// Store keeps what learners send; store.Store is one.
type Store interface {
	submissions
	drafts
	answers
	cards
	history
	possessions
}

// submissions keeps code to be judged.
type submissions interface {
	// Accept is durable when it returns, and names the submissions that the new
	// one replaces.
	Accept(ctx context.Context, n store.New) (store.Submission, []string, error)
	Submission(ctx context.Context, id string) (store.Submission, error)
	Place(ctx context.Context, id string) (ahead int, err error)
}

// drafts keeps what is being written.
type drafts interface {
	SaveDraft(ctx context.Context, learner, exercise string, files map[string]string) error
	// Draft returns what was kept last, or nil.
	Draft(ctx context.Context, learner, exercise string) (map[string]string, error)
}

// answers keeps what learners answer inside lessons.
type answers interface {
	SaveAnswer(ctx context.Context, a store.Answer) error
	Answers(ctx context.Context, learner, lesson string) (map[string]store.Answer, error)
}

// cards keeps what comes back to learners.
type cards interface {
	Cards(ctx context.Context, learner string) ([]store.Card, error)
	// SaveCard keeps a card after one more rating, unless another came first.
	SaveCard(ctx context.Context, c store.Card, words string) (saved bool, err error)
}

// history tells how far a learner has come.
type history interface {
	Progress(ctx context.Context, learner string) (map[string]store.Progress, error)
	Attempts(ctx context.Context, learner, exercise string, limit int) ([]store.Attempt, error)
	Answered(ctx context.Context, learner string) ([]store.Answer, error)
	Drafts(ctx context.Context, learner string) ([]store.Draft, error)
	EachSubmission(ctx context.Context, learner string, f func(store.Submission) error) error
}

// possessions are all that is kept of a learner, as a whole.
type possessions interface {
	Held(ctx context.Context, learner string) (store.Held, error)
	Merge(ctx context.Context, from, into string) error
	// Forget returns the submissions that were not finished.
	Forget(ctx context.Context, learner string) ([]string, error)
}

// Queue decides when a submission is judged; queue.Queue is one.
type Queue interface {
	Wake()
	Cancel(id string)
	Subscribe(id string) (<-chan queue.Event, func())
}

// Runner runs programs that nobody has to trust; grader.Grader is one. It does not
// call observe any more once it has returned.
type Runner interface {
	Follow(ctx context.Context, p grader.Program, observe func(grader.Progress)) (*grader.Ran, error)
}

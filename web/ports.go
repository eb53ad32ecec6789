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
	history
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

// history tells how far a learner has come with the exercises.
type history interface {
	Progress(ctx context.Context, learner string) (map[string]store.Progress, error)
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

package queue

import "context"

// Engine carries jobs to workers, outcomes to the recorder and events to all.
// It may lose or repeat any of them: the ledger's leases and epochs repair that.
// [Memory] returns the engine of a single process.
type Engine interface {
	Carrier
	Workplace
	Mailbox
	Bus
}

// Carrier takes jobs.
type Carrier interface {
	// Publish hands a job over; it returns once the engine holds it.
	Publish(ctx context.Context, job Job) error
	// Close returns the jobs that only this engine's memory held, for the
	// ledger to release. It is called once, when Work and Verdicts are over.
	Close() (undelivered []Job)
}

// Workplace brings jobs to workers.
type Workplace interface {
	// Work calls do for at most slots jobs at the same time until ctx ends, then
	// waits for the calls under way. An error from do means that this process is
	// going away and the job is for somebody else.
	Work(ctx context.Context, slots int, do func(Job) (Outcome, error)) error
}

// Mailbox brings outcomes to the recorder.
type Mailbox interface {
	// Verdicts calls record with batches of outcomes, again when it fails (with
	// those of an [UnrecordedError], and new ones), until ctx ends, and then once
	// more for what is at hand.
	Verdicts(ctx context.Context, record func([]Outcome) error) error
}

// Bus spreads events to every process, at best effort and without waiting.
type Bus interface {
	Broadcast(ctx context.Context, e Event) error
	// Events calls see for one event after the other until ctx ends, and then
	// for those at hand.
	Events(ctx context.Context, see func(Event)) error
}

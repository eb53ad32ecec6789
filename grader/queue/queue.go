// Package queue decides who is judged when. Submissions wait in a [Ledger],
// which is the only truth; an [Engine] carries jobs to workers and outcomes
// back, and may lose or repeat any of them without a submission being lost or
// recorded twice.
//
// The life of a submission: the ledger accepts it durably; the dispatcher
// claims it in fair order, for a lease; a worker judges it and keeps the lease
// alive; the outcome is recorded, fenced by the claim's epoch. A lease that
// runs out sends the submission back to the queue.
package queue

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"
)

// State is how far a submission has come, as learners are told.
type State string

// The states. Done, Superseded and Error are final.
const (
	Queued     State = "queued"     // accepted, waiting for its turn
	Building   State = "building"   // a worker has begun
	Running    State = "running"    // its program runs
	Done       State = "done"       // has its verdict
	Superseded State = "superseded" // the learner asked for a newer one instead
	Error      State = "error"      // we failed MaxFailures times; says nothing of the learner
)

// stop tells workers to give up a claim that is no longer theirs. It never
// reaches a subscriber and is no state of a submission.
const stop State = "stop"

// Final reports whether a submission in this state never changes again.
func (s State) Final() bool { return s == Done || s == Superseded || s == Error }

// Begun reports whether a worker has the submission.
func (s State) Begun() bool { return s == Building || s == Running }

// MaxFailures is how many times judging one submission may fail on our side
// before it becomes an error. Claims that never reached a worker do not count:
// restarting the server must not cost anybody a verdict. Three survive a passing
// fault and end a job that kills every worker it meets.
const MaxFailures = 3

// RetryPause is the shortest time between a failure and the next attempt; after
// the n-th failure n times as long. A disk that is full for a moment must not
// use up all attempts of all submissions at once.
const RetryPause = 2 * time.Second

// Job is a claimed submission on its way to a worker.
type Job struct {
	ID       string
	Exercise string
	Files    map[string][]byte
	Epoch    int // counts the claims of this submission, from 1
}

// Outcome is what came of a job. Err is set where we failed, and then the rest
// says nothing; otherwise Verdict is the whole verdict, which the queue does not
// look into, and Passed its outcome in one bit.
type Outcome struct {
	ID      string
	Epoch   int
	Verdict []byte
	Passed  bool
	Err     string
}

// Event tells that something happened to a submission. Final states come
// without Data: the verdict is read from the ledger's store.
type Event struct {
	ID    string          `json:"id"`
	Epoch int             `json:"epoch"`
	State State           `json:"state"`
	Place int             `json:"place"`          // how many are ahead, while Queued
	Data  json.RawMessage `json:"data,omitempty"` // what the judge reported, such as a finding
}

// Judge judges one job. An error is ours and never the learner's. It must return
// soon after ctx ends; report tells Building or Running, with a finding or nil,
// and may be called from any goroutine; what comes after Judge returned is dropped.
type Judge func(ctx context.Context, job Job, report func(State, json.RawMessage)) (verdict []byte, passed bool, err error)

// Config is what a queue works with. Ledger and Judge are needed; the queue owns
// the engine from [Start] on.
type Config struct {
	Ledger Ledger
	Engine Engine // nil: Memory()
	Judge  Judge
	Slots  int           // judgements at the same time; below 1: 1
	Window int           // claims out at the same time; below Slots: twice Slots
	Lease  time.Duration // how long a silent worker keeps a claim; 0: DefaultLease
	Grace  time.Duration // how long Close lets judgements run on; 0: DefaultGrace
	Log    *slog.Logger  // nil: nothing is logged
}

// Bounds of a queue.
const (
	// DefaultLease is ten times what a worker needs to be heard of once
	// (a third of the lease), with room for a machine under load.
	DefaultLease = 30 * time.Second
	// DefaultGrace lets nearly every judgement finish, and stays below the
	// ten seconds that service managers commonly give.
	DefaultGrace = 5 * time.Second
	// maxWindow keeps all claims within what the engine in memory holds.
	maxWindow = 4096
	// reconcileEvery bounds how late a lost wake-up, lease or event is noticed.
	reconcileEvery = time.Second
	// ledgerTime bounds one ledger operation: beyond it the disk is gone.
	ledgerTime = 10 * time.Second
	// maxJudgement bounds one judgement as a whole. The grader has far tighter
	// bounds of its own; this one only frees a slot that hangs by our fault.
	maxJudgement = 2 * time.Minute
)

func (c Config) withDefaults() Config {
	c.Slots = min(max(c.Slots, 1), maxWindow)
	if c.Window < c.Slots {
		c.Window = 2 * c.Slots // one being judged, one at hand
	}
	c.Window = min(c.Window, maxWindow)
	if c.Engine == nil {
		c.Engine = Memory()
	}
	if c.Lease <= 0 {
		c.Lease = DefaultLease
	}
	if c.Grace <= 0 {
		c.Grace = DefaultGrace
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Queue judges what its ledger holds. Its methods are safe for concurrent use.
type Queue struct {
	cfg  Config
	crew *crew
	hub  *hub

	wake    chan struct{} // something to claim
	look    chan struct{} // somebody new to tell
	closing chan struct{}
	once    sync.Once
	done    chan struct{}
}

// Start begins judging and returns at once. The queue runs until [Queue.Close]
// is called or ctx ends; in both cases it comes to an orderly end, for which
// Close waits.
func Start(ctx context.Context, c Config) *Queue {
	c = c.withDefaults()
	q := &Queue{
		cfg:     c,
		crew:    newCrew(c.Judge, c.Engine, c.Log),
		hub:     newHub(),
		wake:    make(chan struct{}, 1),
		look:    make(chan struct{}, 1),
		closing: make(chan struct{}),
		done:    make(chan struct{}),
	}
	go q.run(ctx)
	return q
}

// Wake tells that a submission was accepted. It never blocks; a wake-up that is
// forgotten costs at most a second.
func (q *Queue) Wake() { nudge(q.wake) }

// Cancel stops the judgement of a submission that the ledger holds as
// superseded, and tells its subscribers. Call it after that is durable. Should
// the ledger not have it as superseded, it is judged again.
func (q *Queue) Cancel(id string) { q.tell(context.Background(), Event{ID: id, State: Superseded}) }

// Subscribe returns the events of a submission that exists, beginning with where
// it stands. The channel is closed after the final event; when it is closed
// without one, the submission is gone, the queue is closing or the subscription
// was cancelled. A slow subscriber loses intermediate events, never the final one.
// The function ends the subscription and must be called; it may be called again.
func (q *Queue) Subscribe(id string) (<-chan Event, func()) {
	events, cancel := q.hub.subscribe(id)
	nudge(q.look)
	return events, cancel
}

// Close stops claiming, lets running judgements finish within the grace period,
// returns the rest to the queue, and waits for every goroutine. It is idempotent.
func (q *Queue) Close() {
	q.once.Do(func() { close(q.closing) })
	<-q.done
}

func nudge(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default: // one is pending already
	}
}

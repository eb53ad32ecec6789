package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

var (
	errLeaving  = errors.New("this worker is going away")
	errTooLong  = errors.New("the judgement took too long")
	errUnwanted = errors.New("the submission is no longer wanted")
)

// anyEpoch in an event that ends a job means whichever epoch runs.
const anyEpoch = 0

// crew judges jobs. It knows the engine and not the ledger, which the queue keeps.
type crew struct {
	judge Judge
	bus   Bus
	log   *slog.Logger

	mu      sync.Mutex
	running map[claim]*task
}

// claim names a job: an overtaken one may still run beside its successor.
type claim struct {
	id    string
	epoch int
}

type task struct {
	state State
	stop  context.CancelCauseFunc
}

func newCrew(judge Judge, bus Bus, log *slog.Logger) *crew {
	return &crew{judge: judge, bus: bus, log: log, running: map[claim]*task{}}
}

// do judges one job. Its error is errLeaving when ctx ended first.
func (c *crew) do(ctx context.Context, job Job) (Outcome, error) {
	limited, cancel := context.WithTimeoutCause(ctx, maxJudgement, errTooLong)
	defer cancel()
	mine, stop := context.WithCancelCause(limited)
	defer stop(nil)

	who := claim{job.ID, job.Epoch}
	c.enter(who, stop)
	defer c.leave(who)
	report := func(s State, data json.RawMessage) { c.report(mine, who, s, data) }
	report(Building, nil)

	out := Outcome{ID: job.ID, Epoch: job.Epoch}
	var err error
	out.Verdict, out.Passed, err = c.safely(mine, job, report)
	if err != nil && ctx.Err() != nil {
		return Outcome{}, errLeaving
	}
	if err != nil {
		c.logFailure(job, err, context.Cause(mine))
		return Outcome{ID: job.ID, Epoch: job.Epoch, Err: err.Error()}, nil
	}
	return out, nil
}

func (c *crew) logFailure(job Job, err, cause error) {
	level := slog.LevelError
	if errors.Is(cause, errUnwanted) {
		level = slog.LevelDebug
	}
	c.log.Log(context.Background(), level, "judging failed",
		"id", job.ID, "exercise", job.Exercise, "epoch", job.Epoch, "err", err, "cause", cause)
}

// safely turns a panic of the judge into an error: one submission must not take
// the others with it.
func (c *crew) safely(ctx context.Context, job Job, report func(State, json.RawMessage)) (verdict []byte, passed bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the judge panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return c.judge(ctx, job, report)
}

func (c *crew) enter(who claim, stop context.CancelCauseFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running[who] = &task{state: Building, stop: stop}
}

func (c *crew) leave(who claim) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.running, who)
}

// report tells everybody how far a running job is. Reports that come after the
// job's end are dropped.
func (c *crew) report(ctx context.Context, who claim, state State, data json.RawMessage) {
	if !state.Begun() { // all other states are the ledger's to give
		c.log.Error("a judge reported a state that is not its own", "id", who.id, "state", state)
		return
	}
	c.mu.Lock()
	t := c.running[who]
	if t != nil {
		t.state = state
	}
	c.mu.Unlock()
	if t != nil {
		c.broadcast(ctx, Event{ID: who.id, Epoch: who.epoch, State: state, Data: data})
	}
}

// beat repeats the running jobs' states so that their leases live on.
func (c *crew) beat(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			for _, e := range c.states() {
				c.broadcast(ctx, e)
			}
		}
	}
}

func (c *crew) states() []Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []Event
	for who, t := range c.running {
		all = append(all, Event{ID: who.id, Epoch: who.epoch, State: t.state})
	}
	return all
}

// stop ends the running judgement of id under that epoch.
func (c *crew) stop(id string, epoch int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for who, t := range c.running {
		if who.id == id && (epoch == anyEpoch || epoch == who.epoch) {
			t.stop(errUnwanted)
		}
	}
}

func (c *crew) broadcast(ctx context.Context, e Event) {
	if err := c.bus.Broadcast(ctx, e); err != nil {
		c.log.Warn("an event was lost", "id", e.ID, "state", e.State, "err", err)
	}
}

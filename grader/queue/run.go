package queue

import (
	"context"
	"slices"
	"sync"
	"time"
)

// phase is a group of goroutines that end together.
type phase struct {
	ctx    context.Context
	cancel context.CancelFunc
	sync.WaitGroup
}

func newPhase(ctx context.Context) *phase {
	ctx, cancel := context.WithCancel(ctx)
	return &phase{ctx: ctx, cancel: cancel}
}

// end tells the goroutines to end and waits for them.
func (p *phase) end() {
	p.cancel()
	p.Wait()
}

// run owns every goroutine of the queue. They end from the source to the mouth,
// so that what one still produces finds the next one there.
func (q *Queue) run(ctx context.Context) {
	defer close(q.done)
	base := context.WithoutCancel(ctx) // an end of ctx is an orderly end
	judging, stopJudging := context.WithCancel(base)
	defer stopJudging()
	do := func(j Job) (Outcome, error) { return q.crew.do(judging, j) }

	observing := newPhase(base)
	observing.Go(func() {
		q.keep(observing.ctx, "observing", func() error { return q.cfg.Engine.Events(observing.ctx, q.see) })
	})
	observing.Go(func() { q.crew.beat(observing.ctx, q.cfg.Lease/3) })
	recording := newPhase(base)
	recording.Go(func() {
		q.keep(recording.ctx, "recording", func() error { return q.cfg.Engine.Verdicts(recording.ctx, q.record) })
	})
	working := newPhase(base)
	working.Go(func() {
		q.keep(working.ctx, "working", func() error { return q.cfg.Engine.Work(working.ctx, q.cfg.Slots, do) })
	})
	claiming := newPhase(base)
	claiming.Go(func() { q.dispatch(claiming.ctx) })
	claiming.Go(func() { q.reconcile(claiming.ctx) })

	select {
	case <-ctx.Done():
	case <-q.closing:
	}
	grace := time.AfterFunc(q.cfg.Grace, stopJudging)
	claiming.end()
	working.end()
	grace.Stop()
	recording.end()
	q.release(base)
	observing.end()
	q.hub.close()
}

// keep runs f again when it fails, until ctx ends.
func (q *Queue) keep(ctx context.Context, doing string, f func() error) {
	for {
		if err := f(); err != nil {
			q.cfg.Log.Error("the engine failed", "doing", doing, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(reconcileEvery):
		}
	}
}

// dispatch claims whenever there may be something to claim.
func (q *Queue) dispatch(ctx context.Context) {
	for {
		q.fill(ctx)
		select {
		case <-ctx.Done():
			return
		case <-q.wake:
		}
	}
}

// fill claims up to the window and publishes. A job that cannot be published
// stays claimed until its lease ends.
func (q *Queue) fill(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	ctx, cancel := onTime(ctx)
	defer cancel()
	jobs, err := q.cfg.Ledger.Claim(ctx, time.Now(), q.cfg.Window, q.cfg.Lease)
	if err != nil {
		q.cfg.Log.Error("claiming failed", "claimed", len(jobs), "err", err)
	}
	for _, job := range jobs {
		if err := q.cfg.Engine.Publish(ctx, job); err != nil {
			q.cfg.Log.Error("publishing failed", "id", job.ID, "err", err)
		}
	}
}

// reconcile repairs what was lost: leases of dead workers, events, wake-ups.
func (q *Queue) reconcile(ctx context.Context) {
	tick := time.NewTicker(reconcileEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-q.look:
		case <-tick.C:
			q.requeue(ctx)
			q.Wake()
		}
		q.inform(ctx)
	}
}

func (q *Queue) requeue(ctx context.Context) {
	ctx, cancel := onTime(ctx)
	defer cancel()
	changed, err := q.cfg.Ledger.Requeue(ctx, time.Now())
	if err != nil {
		q.cfg.Log.Error("looking for ended leases failed", "err", err)
	}
	for _, e := range changed {
		q.cfg.Log.Warn("a lease ended", "id", e.ID, "state", e.State)
		q.tell(ctx, e)
	}
}

// inform tells subscribers where they stand, so that a place in the queue moves
// and a lost final event comes after all. Those of a submission that does not exist
// any more are let go.
func (q *Queue) inform(ctx context.Context) {
	ids := q.hub.ids()
	if len(ids) == 0 {
		return
	}
	ctx, cancel := onTime(ctx)
	defer cancel()
	standing, err := q.cfg.Ledger.Standing(ctx, ids)
	if err != nil {
		q.cfg.Log.Error("reading where submissions stand failed", "err", err)
	}
	there := make(map[string]bool, len(standing))
	for _, e := range standing {
		q.hub.correct(e)
		there[e.ID] = true
	}
	if err != nil {
		return // what is not told of may be there
	}
	q.hub.end(slices.DeleteFunc(ids, func(id string) bool { return there[id] }))
}

func (q *Queue) record(outcomes []Outcome) error {
	ctx, cancel := onTime(context.Background())
	defer cancel()
	changed, err := q.cfg.Ledger.Record(ctx, time.Now(), outcomes)
	if err != nil {
		q.cfg.Log.Error("recording failed", "outcomes", len(outcomes), "err", err)
	}
	for _, e := range changed {
		q.tell(ctx, e)
	}
	q.Wake()
	return err
}

// see acts on an event.
func (q *Queue) see(e Event) {
	switch {
	case e.State == stop:
		q.crew.stop(e.ID, e.Epoch)
		return
	case e.State == Superseded:
		q.crew.stop(e.ID, anyEpoch)
	case e.State.Begun() && e.Data == nil && !q.advance(e):
		return
	}
	q.hub.publish(e)
}

// advance writes down that a claim lives. When it is no longer the worker's, the
// worker is told to stop.
func (q *Queue) advance(e Event) bool {
	ctx, cancel := onTime(context.Background())
	defer cancel()
	held, err := q.cfg.Ledger.Advance(ctx, e.ID, e.Epoch, e.State, time.Now().Add(q.cfg.Lease))
	if err != nil {
		q.cfg.Log.Error("renewing a lease failed", "id", e.ID, "err", err)
		return true // the next heartbeat tries again; the learner may know already
	}
	if !held {
		q.tell(ctx, Event{ID: e.ID, Epoch: e.Epoch, State: stop})
	}
	return held
}

// release returns the claims that nobody will judge any more.
func (q *Queue) release(ctx context.Context) {
	jobs := q.cfg.Engine.Close()
	if len(jobs) == 0 {
		return
	}
	ctx, cancel := onTime(ctx)
	defer cancel()
	if err := q.cfg.Ledger.Release(ctx, jobs); err != nil {
		q.cfg.Log.Error("returning claims failed; their leases will end", "claims", len(jobs), "err", err)
	}
}

func (q *Queue) tell(ctx context.Context, e Event) {
	if err := q.cfg.Engine.Broadcast(ctx, e); err != nil {
		q.cfg.Log.Warn("an event was lost", "id", e.ID, "state", e.State, "err", err)
	}
}

// onTime detaches a ledger operation from the queue's end, so that none stops
// between its commit and what follows from it, and bounds it.
func onTime(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), ledgerTime)
}

package queue

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Bounds of the engine in memory.
const (
	// memoryEvents is the backlog of events, some ten for each possible claim.
	memoryEvents = 10 * maxWindow
	// maxBatch bounds the outcomes of one transaction, so that none is long.
	maxBatch = 128
	// recordPause is the time between attempts to record: long enough for a
	// locked database to come free, short for a person who waits.
	recordPause = time.Second
)

// errBacklog tells that an event was dropped.
var errBacklog = errors.New("too many events at once")

type memory struct {
	jobs     chan Job
	outcomes chan Outcome
	events   chan Event

	mu       sync.Mutex
	returned []Job // workers went away from these
}

// Memory returns the engine of a single process: bounded channels, for one
// queue. What it holds dies with the process, by design.
func Memory() Engine {
	return &memory{
		jobs:     make(chan Job, maxWindow),
		outcomes: make(chan Outcome, maxWindow), // a worker never waits for the recorder
		events:   make(chan Event, memoryEvents),
	}
}

func (m *memory) Publish(ctx context.Context, job Job) error {
	select {
	case m.jobs <- job:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (m *memory) Close() []Job {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append(m.returned, takeAll(m.jobs, maxWindow)...)
}

func (m *memory) Work(ctx context.Context, slots int, do func(Job) (Outcome, error)) error {
	var workers sync.WaitGroup
	for range slots {
		workers.Go(func() { m.work(ctx, do) })
	}
	workers.Wait()
	return nil
}

func (m *memory) work(ctx context.Context, do func(Job) (Outcome, error)) {
	for {
		select {
		case <-ctx.Done():
			return
		case job := <-m.jobs:
			if ctx.Err() != nil { // select chooses freely when both are ready
				m.giveBack(job)
				return
			}
			outcome, err := do(job)
			if err != nil {
				m.giveBack(job)
				continue
			}
			m.outcomes <- outcome
		}
	}
}

func (m *memory) giveBack(job Job) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.returned = append(m.returned, job)
}

func (m *memory) Verdicts(ctx context.Context, record func([]Outcome) error) error {
	for {
		select {
		case <-ctx.Done():
			return m.lastVerdicts(record)
		case first := <-m.outcomes:
			batch := append([]Outcome{first}, takeAll(m.outcomes, maxBatch-1)...)
			if err := m.recordUntil(ctx, batch, record); err != nil {
				return errors.Join(err, m.lastVerdicts(record))
			}
		}
	}
}

// recordUntil records the batch, again and again until ctx ends, and then once
// more. Each time those that have come meanwhile go with it, since what one ledger
// cannot keep another may: what is left of a batch is no more than the claims of
// those that cannot.
func (m *memory) recordUntil(ctx context.Context, batch []Outcome, record func([]Outcome) error) error {
	for {
		err := record(batch)
		if err == nil {
			return nil
		}
		if e, ok := errors.AsType[*UnrecordedError](err); ok {
			batch = e.Outcomes
		}
		select {
		case <-ctx.Done():
			return record(batch)
		case <-time.After(recordPause):
			batch = append(batch, takeAll(m.outcomes, max(maxBatch-len(batch), 1))...)
		}
	}
}

func (m *memory) lastVerdicts(record func([]Outcome) error) error {
	for {
		batch := takeAll(m.outcomes, maxBatch)
		if len(batch) == 0 {
			return nil
		}
		if err := record(batch); err != nil {
			return err
		}
	}
}

func (m *memory) Broadcast(_ context.Context, e Event) error {
	select {
	case m.events <- e:
		return nil
	default:
		return errBacklog
	}
}

func (m *memory) Events(ctx context.Context, see func(Event)) error {
	for {
		select {
		case <-ctx.Done():
			for _, e := range takeAll(m.events, memoryEvents) {
				see(e)
			}
			return nil
		case e := <-m.events:
			see(e)
		}
	}
}

// takeAll takes what c holds, at most limit, without waiting.
func takeAll[T any](c <-chan T, limit int) []T {
	var all []T
	for len(all) < limit {
		select {
		case v := <-c:
			all = append(all, v)
		default:
			return all
		}
	}
	return all
}

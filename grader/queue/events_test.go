package queue_test

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"manche/grader/queue"
)

func TestSubscriberSeesTheWholeStory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		l.accept("a", "b", "c")
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Judge: finding(1, 2*time.Second)})
		defer q.Close()
		var story []string
		for e := range follow(t, q, "c") {
			part := string(e.State)
			if e.State == queue.Queued {
				part += " " + string(rune('0'+e.Place))
			}
			story = append(story, part+string(e.Data))
		}
		want := []string{"queued 1", "queued 0", "building", "running", "running1", "done"}
		if len(story) == 7 && story[0] == "queued 2" { // seen before the first was begun
			story = story[1:]
		}
		if !slices.Equal(story, want) {
			t.Errorf("got %q\nwant %q", story, want)
		}
	})
}

// finding reports n findings and then takes d.
func finding(n int, d time.Duration) queue.Judge {
	return func(ctx context.Context, job queue.Job, report func(queue.State, json.RawMessage)) ([]byte, bool, error) {
		report(queue.Running, nil)
		for range n {
			report(queue.Running, json.RawMessage("1"))
		}
		return taking(d)(ctx, job, func(queue.State, json.RawMessage) {})
	}
}

func TestSlowSubscriberGetsTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Judge: finding(1000, time.Second)})
		defer q.Close()
		l.accept("a")
		slow := follow(t, q, "a")
		gone, cancel := q.Subscribe("a")
		<-time.After(time.Minute)
		wantDone(t, l, "a")
		if e, n := last(slow); e.State != queue.Done || n < 10 || n > 100 {
			t.Errorf("got %d events, the last %+v", n, e)
		}
		cancel()
		cancel()
		last(gone)
	})
}

func TestLateSubscriberGetsTheEndAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		l.accept("a")
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Judge: taking(0)})
		defer q.Close()
		synctest.Wait()
		start := time.Now()
		if e, n := last(follow(t, q, "a")); e.State != queue.Done || n != 1 || time.Since(start) > 0 {
			t.Errorf("got %d events, the last %+v after %v", n, e, time.Since(start))
		}
	})
}

// A learner who is forgotten takes the submissions along. Whoever follows one is not
// left waiting, even where the word of it was lost or came too early.
func TestSubscriberOfNothingIsLetGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		l.accept("a")
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Judge: taking(time.Minute)})
		defer q.Close()
		there, start := follow(t, q, "a"), time.Now()
		if e, n := last(follow(t, q, "gone")); n != 0 || time.Since(start) > time.Second {
			t.Errorf("got %d events, the last %+v, after %v", n, e, time.Since(start))
		}
		if e, _ := last(there); e.State != queue.Done {
			t.Errorf("beside it the last event is %+v", e)
		}
	})
}

func TestUnsubscribedHearsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Judge: taking(0)})
		defer q.Close()
		events, cancel := q.Subscribe("a")
		cancel()
		l.accept("a")
		q.Wake()
		synctest.Wait()
		if e, open := <-events; open {
			t.Errorf("got %+v", e)
		}
	})
}

// lossy is an engine that loses what it is told to, as engines may.
type lossy struct {
	queue.Engine
	mu     sync.Mutex
	jobs   int  // how many jobs are still to be lost
	events bool // all events are lost
}

func (l *lossy) Publish(ctx context.Context, job queue.Job) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.jobs > 0 {
		l.jobs--
		return nil
	}
	return l.Engine.Publish(ctx, job)
}

func (l *lossy) Broadcast(ctx context.Context, e queue.Event) error {
	if l.events {
		return nil
	}
	return l.Engine.Broadcast(ctx, e)
}

func TestLostEventsAreMadeUpFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		l.accept("a")
		engine := &lossy{Engine: queue.Memory(), events: true}
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Engine: engine, Judge: taking(5 * time.Second)})
		defer q.Close()
		start := time.Now()
		if e, _ := last(follow(t, q, "a")); e.State != queue.Done {
			t.Errorf("the last event is %+v", e)
		}
		if took := time.Since(start); took > 7*time.Second {
			t.Errorf("the end was told after %v", took)
		}
	})
}

func TestLostJobsComeAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, ids := &ledger{}, names(10)
		l.accept(ids...)
		engine := &lossy{Engine: queue.Memory(), jobs: 7}
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Engine: engine, Slots: 2, Judge: taking(time.Second)})
		defer q.Close()
		<-time.After(10 * time.Minute)
		wantDone(t, l, ids...)
	})
}

// twice delivers every outcome and every job a second time.
type twice struct{ queue.Engine }

func (e twice) Publish(ctx context.Context, job queue.Job) error {
	if err := e.Engine.Publish(ctx, job); err != nil {
		return err
	}
	return e.Engine.Publish(ctx, job)
}

func (e twice) Verdicts(ctx context.Context, record func([]queue.Outcome) error) error {
	return e.Engine.Verdicts(ctx, func(o []queue.Outcome) error {
		if err := record(o); err != nil {
			return err
		}
		return record(o)
	})
}

func TestRepetitionChangesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, ids := &ledger{}, names(10)
		l.accept(ids...)
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Engine: twice{queue.Memory()}, Slots: 2, Judge: taking(time.Second)})
		defer q.Close()
		<-time.After(10 * time.Minute)
		wantDone(t, l, ids...)
	})
}

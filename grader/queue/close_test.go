package queue_test

import (
	"context"
	"encoding/json"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"manche/grader/queue"
)

func TestCloseLetsJudgementsFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, ids := &ledger{}, names(5)
		l.accept(ids...)
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Slots: 2, Judge: taking(3 * time.Second)})
		events := follow(t, q, ids[0])
		synctest.Wait()
		start := time.Now()
		q.Close()
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("closing took %v, want what the judgements need", took)
		}
		if e, _ := last(events); e.State != queue.Done {
			t.Errorf("the last event is %+v", e)
		}
		wantDone(t, l, ids[:2]...)
		wantWaiting(t, l, ids[2:]...)
	})
}

func TestCloseReturnsWhatTakesTooLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, ids := &ledger{}, names(5)
		l.accept(ids...)
		ctx, cancel := context.WithCancel(t.Context())
		q := queue.Start(ctx, queue.Config{Ledger: l, Slots: 2, Judge: taking(time.Minute), Grace: 4 * time.Second})
		events := follow(t, q, ids[0])
		synctest.Wait()
		start := time.Now()
		cancel() // the end of the context is a Close
		var all sync.WaitGroup
		for range 3 {
			all.Go(q.Close)
		}
		all.Wait()
		if took := time.Since(start); took != 4*time.Second {
			t.Errorf("closing took %v, want the grace period", took)
		}
		if e, _ := last(events); e.State.Final() {
			t.Errorf("the last event is %+v", e)
		}
		wantWaiting(t, l, ids...)
	})
}

func TestClosedQueueTellsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := queue.Start(t.Context(), queue.Config{Ledger: &ledger{}, Judge: taking(0)})
		q.Close()
		q.Close()
		q.Wake()
		q.Cancel("a")
		events, cancel := q.Subscribe("a")
		defer cancel()
		if e, open := <-events; open {
			t.Errorf("got %+v", e)
		}
	})
}

// TestCloseRecordsWhatIsAtHand closes while one outcome waits for another try
// and the next one comes in; several times, for a select chooses freely.
func TestCloseRecordsWhatIsAtHand(t *testing.T) {
	for range 10 {
		closeWithOutcomesAtHand(t)
	}
}

func closeWithOutcomesAtHand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{broken: 1}
		l.accept("a", "b")
		judge := func(ctx context.Context, job queue.Job, report func(queue.State, json.RawMessage)) ([]byte, bool, error) {
			if job.ID == "b" {
				return taking(1800*time.Millisecond)(ctx, job, report)
			}
			return taking(time.Second)(ctx, job, report)
		}
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Slots: 2, Judge: judge})
		<-time.After(1500 * time.Millisecond)
		q.Close()
		wantDone(t, l, "a", "b")
	})
}

// TestCloseWithBrokenLedger cannot record; it must come to its end all the same.
func TestCloseWithBrokenLedger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{broken: 1 << 30}
		l.accept("a", "b")
		q := queue.Start(t.Context(), queue.Config{Ledger: l, Slots: 2, Judge: taking(time.Second)})
		<-time.After(10 * time.Second)
		q.Close()
		if l.records < 5 {
			t.Errorf("recording was tried %d times in 10 s", l.records)
		}
	})
}

// wantWaiting holds that submissions are back in the queue without blame.
func wantWaiting(t *testing.T, l *ledger, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if r := l.row(id); r.state != queue.Queued || r.failures != 0 {
			t.Errorf("got %+v, want it queued", r)
		}
	}
}

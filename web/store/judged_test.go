package store_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"manche/grader/queue"
	"manche/web/store"
)

// untilEnd judges until its context ends, and tells when it has begun.
func untilEnd(begun chan<- struct{}) queue.Judge {
	return func(ctx context.Context, _ queue.Job, _ func(queue.State, json.RawMessage)) ([]byte, bool, error) {
		begun <- struct{}{}
		<-ctx.Done()
		return nil, false, ctx.Err()
	}
}

// TestOneAmongMany: who sends one submission does not wait for those of somebody
// who sent two hundred.
func TestOneAmongMany(t *testing.T) {
	const slots, window = 2, 4
	s := openSQLite(t)
	for range 200 {
		accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	}
	begun, step := make(chan string), make(chan struct{})
	q := queue.Start(t.Context(), queue.Config{Ledger: s, Slots: slots, Window: window, Judge: func(ctx context.Context, job queue.Job, _ func(queue.State, json.RawMessage)) ([]byte, bool, error) {
		select {
		case begun <- job.ID:
			<-step
			return []byte("{}"), true, nil
		case <-ctx.Done():
			return nil, false, ctx.Err()
		}
	}})
	defer q.Close()
	for range slots {
		<-begun // all slots are taken
	}
	bob := accept(t, s, store.New{Learner: "bob", Exercise: "leak"})
	q.Wake()
	for before := 1; ; before++ {
		step <- struct{}{}
		if id := <-begun; id == bob.ID {
			break
		}
		if before > window+slots {
			t.Fatalf("%d verdicts went before the only one of somebody else", before)
		}
	}
	close(step)
}

// TestSupersededWhileJudged cancels by the way the server does.
func TestSupersededWhileJudged(t *testing.T) {
	s := openSQLite(t)
	begun := make(chan struct{}, 2)
	q := queue.Start(t.Context(), queue.Config{Ledger: s, Judge: untilEnd(begun), Grace: time.Millisecond})
	defer q.Close()
	n := store.New{Learner: "ann", Exercise: "leak", Files: map[string]string{"a.go": ""}, Supersede: true}
	old := accept(t, s, n)
	q.Wake()
	events, cancel := q.Subscribe(old.ID)
	defer cancel()
	<-begun
	newer, superseded, err := s.Accept(t.Context(), n)
	if err != nil || len(superseded) != 1 {
		t.Fatalf("got superseded %v, %v", superseded, err)
	}
	q.Cancel(superseded[0])
	q.Wake()
	var last queue.Event
	for e := range events {
		last = e
	}
	if last.State != queue.Superseded {
		t.Errorf("the last event is %+v", last)
	}
	<-begun // the newer one has the only slot
	wantState(t, s, old.ID, queue.Superseded)
	if sub, err := s.Submission(t.Context(), newer.ID); err != nil || sub.State.Final() {
		t.Errorf("got %+v, %v", sub, err)
	}
}

package store_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"manche/grader/queue"
	"manche/web/store"
)

func windowHolds(t *testing.T, open opener) {
	s := open(t)
	for range 5 {
		accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	}
	first := claim(t, s, at(0), 3)
	if len(first) != 3 {
		t.Fatalf("got %d jobs, want 3", len(first))
	}
	if more := claim(t, s, at(0), 3); len(more) != 0 {
		t.Errorf("got %d jobs beyond the window", len(more))
	}
	advance(t, s, first[0], queue.Running, at(60))
	record(t, s, at(1), passed(first[1]))
	if more := claim(t, s, at(2), 3); len(more) != 1 {
		t.Errorf("got %d jobs for one free place", len(more))
	}
}

func learnersTakeTurns(t *testing.T, open opener) {
	s := open(t)
	who := map[string]string{}
	send := func(learner string) { who[accept(t, s, store.New{Learner: learner, Exercise: "leak"}).ID] = learner }
	for range 10 {
		send("ann")
	}
	order := func(window int) (learners string) {
		for _, j := range claim(t, s, at(0), window) {
			learners += who[j.ID][:1]
			record(t, s, at(0), passed(j))
		}
		return learners
	}
	if got := order(2); got != "aa" {
		t.Fatalf("got %s, want aa", got)
	}
	for range 3 {
		send("bob")
	}
	// Bob begins where the queue is now: one turn each, then the rest of Ann's.
	if got, sorted := order(100), "abababaaaaa"; !sameTurns(got, sorted) {
		t.Errorf("got %s, want turns as in %s", got, sorted)
	}
}

// Who has nothing kept yet has no turn of their own: learners are made in no time.
func newcomersShareTurns(t *testing.T, open opener) {
	s := open(t)
	who := map[string]string{}
	send := func(name, turn string) {
		who[accept(t, s, store.New{Learner: name, Exercise: "leak", Turn: turn}).ID] = name
	}
	if err := s.SaveDraft(t.Context(), "dan", "leak", nil); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		send(fmt.Sprint("new", i), "there")
	}
	for _, known := range []string{"dan", "new0"} { // by a draft, by a submission
		send(known, "there")
	}
	send("zoe", "elsewhere")
	var order []string
	for _, j := range claim(t, s, at(0), 100) {
		order = append(order, who[j.ID])
	}
	slices.Sort(order[:4]) // the first round: whoever came first goes first
	if want := []string{"dan", "new0", "new0", "zoe", "new1", "new2", "new3"}; !slices.Equal(order, want) {
		t.Errorf("got %v, want %v", order, want)
	}
}

// sameTurns compares round by round: within one, whoever came first goes first.
func sameTurns(got, want string) bool {
	if len(got) != len(want) {
		return false
	}
	for i := 0; i < 6; i += 2 {
		if a, b := got[i:i+2], want[i:i+2]; a != b && a != string([]byte{b[1], b[0]}) {
			return false
		}
	}
	return got[6:] == want[6:]
}

func place(t *testing.T, open opener) {
	s := open(t)
	var ids []string
	for i := range 6 {
		ids = append(ids, accept(t, s, store.New{Learner: "ann", Exercise: fmt.Sprint(i)}).ID)
	}
	jobs := claim(t, s, at(0), 2)
	advance(t, s, jobs[0], queue.Running, at(60))
	want := []int{0, 0, 1, 2, 3, 4} // one claim has not begun
	standing, err := s.Standing(t.Context(), ids)
	if err != nil || len(standing) != len(ids) {
		t.Fatalf("got %v, %v", standing, err)
	}
	for _, e := range standing {
		i := slices.Index(ids, e.ID)
		if e.Place != want[i] {
			t.Errorf("standing of %d: got place %d, want %d", i, e.Place, want[i])
		}
		if (e.State == queue.Running) != (i == 0) {
			t.Errorf("standing of %d: got %s", i, e.State)
		}
	}
	for i, id := range ids {
		if got, err := s.Place(t.Context(), id); err != nil || got != want[i] {
			t.Errorf("place of %d: got %d, %v; want %d", i, got, err, want[i])
		}
	}
}

func epochFences(t *testing.T, open opener) {
	s := open(t)
	sub := accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	old := claimOne(t, s, at(0))
	if changed := requeue(t, s, at(59)); len(changed) > 0 {
		t.Fatalf("a lease of a minute ended after 59 s: %v", changed)
	}
	if changed := requeue(t, s, at(61)); changed[sub.ID] != queue.Queued {
		t.Fatalf("a lease of a minute goes on after 61 s: %v", changed)
	}
	now := claimOne(t, s, at(62))
	if now.Epoch != old.Epoch+1 {
		t.Errorf("got epoch %d after %d", now.Epoch, old.Epoch)
	}
	if advance(t, s, old, queue.Running, at(500)) {
		t.Error("the old claim is held on to")
	}
	if changed := record(t, s, at(63), passed(old), failed(old)); len(changed) > 0 {
		t.Errorf("outcomes of the old epoch changed %v", changed)
	}
	if err := s.Release(t.Context(), []queue.Job{old}); err != nil {
		t.Fatal(err)
	}
	if changed := record(t, s, at(64), passed(now)); changed[sub.ID] != queue.Done {
		t.Errorf("the present claim's verdict changed %v", changed)
	}
}

func verdictAfterLease(t *testing.T, open opener) {
	s := open(t)
	sub := accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	job := claimOne(t, s, at(0))
	requeue(t, s, at(100))
	if advance(t, s, job, queue.Running, at(200)) {
		t.Error("a claim that was taken back is held on to")
	}
	record(t, s, at(101), passed(job)) // nobody else has it: the work is not thrown away
	wantState(t, s, sub.ID, queue.Done)
	if more := claim(t, s, at(102), 10); len(more) != 0 {
		t.Errorf("judged again: %v", more)
	}
}

func verdictTwice(t *testing.T, open opener) {
	s := open(t)
	sub := accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	job := claimOne(t, s, at(0))
	second := passed(job)
	second.Verdict = []byte(`"second"`)
	if changed, err := s.Record(t.Context(), at(1), []queue.Outcome{passed(job), second, failed(job)}); err != nil || len(changed) != 1 {
		t.Errorf("got changes %v, %v; want one", changed, err)
	}
	if got := wantState(t, s, sub.ID, queue.Done); string(got.Verdict) != string(passed(job).Verdict) {
		t.Errorf("the verdict became %s", got.Verdict)
	}
}

func failureEnds(t *testing.T, open opener) {
	s := open(t)
	sub := accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	now := 0
	for n := 1; n < queue.MaxFailures; n++ {
		job := claimOne(t, s, at(now))
		if changed := record(t, s, at(now), failed(job), failed(job)); changed[sub.ID] != queue.Queued {
			t.Fatalf("failure %d led to %v", n, changed)
		}
		pause := n * int(queue.RetryPause/time.Second)
		if early := claim(t, s, at(now+pause-1), 10); len(early) > 0 {
			t.Fatalf("tried again %d s after failure %d", pause-1, n)
		}
		now += pause
	}
	if changed := record(t, s, at(now), failed(claimOne(t, s, at(now)))); changed[sub.ID] != queue.Error {
		t.Fatalf("the last failure led to %v", changed)
	}
	got := wantState(t, s, sub.ID, queue.Error)
	if got.Error != "the disk is full" || got.Verdict != nil {
		t.Errorf("got %+v", got)
	}
	if more := claim(t, s, at(now+1000), 10); len(more) > 0 {
		t.Error("an error was tried again")
	}
}

func lostWorkers(t *testing.T, open opener) {
	s := open(t)
	sub := accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	for n := 1; n <= queue.MaxFailures; n++ {
		advance(t, s, claimOne(t, s, at(n*1000)), queue.Building, at(n*1000+60))
		want := queue.Queued
		if n == queue.MaxFailures {
			want = queue.Error
		}
		if changed := requeue(t, s, at(n*1000+61)); !maps.Equal(changed, map[string]queue.State{sub.ID: want}) {
			t.Fatalf("after %d lost workers: got %v, want %s", n, changed, want)
		}
	}
	wantState(t, s, sub.ID, queue.Error)
}

// neverBegun restarts the server more often than a job may fail, before and
// after failures that do count.
func neverBegun(t *testing.T, open opener) {
	s := open(t)
	sub := accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	restart := func() {
		t.Helper()
		if err := s.Recover(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantState(t, s, sub.ID, queue.Queued)
	}
	for range 3 * queue.MaxFailures {
		claimOne(t, s, at(0))
		restart()
	}
	for range queue.MaxFailures - 1 {
		advance(t, s, claimOne(t, s, at(0)), queue.Building, at(60))
		restart()
	}
	claimOne(t, s, at(0))
	restart()
}

func releaseCostsNothing(t *testing.T, open opener) {
	s := open(t)
	sub := accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	for range 3 * queue.MaxFailures {
		job := claimOne(t, s, at(0))
		advance(t, s, job, queue.Running, at(60))
		if err := s.Release(t.Context(), []queue.Job{job}); err != nil {
			t.Fatal(err)
		}
	}
	wantState(t, s, sub.ID, queue.Queued)
}

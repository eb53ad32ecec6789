package store_test

import (
	"errors"
	"reflect"
	"slices"
	"sync"
	"testing"

	"manche/grader/queue"
	"manche/web/store"
)

func acceptedIsThere(t *testing.T, open opener) {
	s := open(t)
	files := map[string]string{"a.go": "package a // é\x00\u2028<&>", "b.go": ""}
	want := accept(t, s, store.New{Learner: "ann", Exercise: "leak", Key: "k", Files: files})
	got, err := s.Submission(t.Context(), want.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if want.State != queue.Queued || want.Hash != store.Hash(files) || len(want.ID) != 26 {
		t.Errorf("accepted as %+v", want)
	}
	job := claimOne(t, s, at(0))
	if string(job.Files["a.go"]) != files["a.go"] || len(job.Files) != 2 || job.Exercise != "leak" || job.Epoch != 1 {
		t.Errorf("got job %+v", job)
	}
}

func unknownIsNotFound(t *testing.T, open opener) {
	s := open(t)
	if _, err := s.Submission(t.Context(), "nobody"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Submission: got %v, want ErrNotFound", err)
	}
	if _, err := s.Place(t.Context(), "nobody"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Place: got %v, want ErrNotFound", err)
	}
	events, err := s.Standing(t.Context(), []string{"nobody"})
	if err != nil || len(events) != 0 {
		t.Errorf("Standing: got %v, %v", events, err)
	}
}

func knownVerdict(t *testing.T, open opener) {
	s := open(t, store.MaxUnfinished(1))
	accept(t, s, store.New{Learner: "ann", Exercise: "leak", Key: "k"})
	job := claimOne(t, s, at(0))
	record(t, s, at(1), passed(job))
	accept(t, s, store.New{Learner: "zoe", Exercise: "leak", Key: "other"}) // the store is full now

	got := accept(t, s, store.New{Learner: "bob", Exercise: "leak", Key: "k"})
	if got.ID == job.ID || got.State != queue.Done || !got.Passed || string(got.Verdict) != string(passed(job).Verdict) {
		t.Errorf("got %+v", got)
	}
	read := wantState(t, s, got.ID, queue.Done)
	if !reflect.DeepEqual(read, got) {
		t.Errorf("read %+v\nwant %+v", read, got)
	}
}

// newerVerdict: one that was worth no second use, perhaps because a sandbox was
// missing, does not stand before a later one that is.
func newerVerdict(t *testing.T, open opener) {
	s := open(t)
	n := store.New{Learner: "ann", Exercise: "leak", Key: "k", Recall: func(verdict []byte) ([]byte, bool) {
		return verdict, string(verdict) != `"unproven"`
	}}
	for minute, verdict := range []string{`"unproven"`, `"proven"`} {
		if sub := accept(t, s, n); sub.State != queue.Queued {
			t.Fatalf("before the verdict %s it is %s", verdict, sub.State)
		}
		job := claimOne(t, s, at(60*minute))
		record(t, s, at(60*minute+1), queue.Outcome{ID: job.ID, Epoch: job.Epoch, Verdict: []byte(verdict)})
	}
	if got := accept(t, s, n); string(got.Verdict) != `"proven"` {
		t.Errorf("got %+v", got)
	}
}

func sameContent(t *testing.T, open opener) {
	s := open(t)
	n := store.New{Learner: "ann", Exercise: "leak", Key: "k", Supersede: true}
	first := accept(t, s, n)
	if again := accept(t, s, n); again.ID != first.ID {
		t.Errorf("a second click made a second submission")
	}
	n.Learner = "bob"
	if other := accept(t, s, n); other.ID == first.ID {
		t.Errorf("two learners share a submission")
	}
	n.Learner, n.Key = "ann", ""
	if unknown := accept(t, s, n); unknown.ID == first.ID {
		t.Errorf("without a key, two submissions became one")
	}
}

func fiftyIdentical(t *testing.T, open opener) {
	s := open(t)
	n := store.New{Learner: "ann", Exercise: "leak", Key: "k", Files: map[string]string{"a.go": "package a"}, Supersede: true}
	var mu sync.Mutex
	ids := map[string]bool{}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			sub, superseded, err := s.Accept(t.Context(), n)
			if err != nil || len(superseded) > 0 {
				t.Errorf("got %v, superseded %v", err, superseded)
			}
			mu.Lock()
			defer mu.Unlock()
			ids[sub.ID] = true
		})
	}
	all.Wait()
	if len(ids) != 1 {
		t.Errorf("got %d submissions, want 1", len(ids))
	}
	claimOne(t, s, at(0))
}

// supersededInEachState supersedes submissions as far as they can have come, and
// then tries everything that could change them.
func supersededInEachState(t *testing.T, open opener) {
	for name, bring := range map[string]func(backend, queue.Job){
		"claimed":  func(backend, queue.Job) {},
		"building": func(s backend, j queue.Job) { advance(t, s, j, queue.Building, at(60)) },
		"running":  func(s backend, j queue.Job) { advance(t, s, j, queue.Running, at(60)) },
		"queued":   func(s backend, j queue.Job) { _ = s.Release(t.Context(), []queue.Job{j}) },
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			n := store.New{Learner: "ann", Exercise: "leak", Key: "1"}
			old := accept(t, s, n)
			job := claimOne(t, s, at(0))
			bring(s, job)
			n.Key, n.Supersede, n.Files = "2", true, map[string]string{"a.go": "package b"}
			newer, superseded, err := s.Accept(t.Context(), n)
			if err != nil || !slices.Equal(superseded, []string{old.ID}) {
				t.Fatalf("got superseded %v, %v; want %s", superseded, err, old.ID)
			}
			if advance(t, s, job, queue.Running, at(90)) {
				t.Error("a superseded claim is held on to")
			}
			if changed := record(t, s, at(1), passed(job), failed(job)); len(changed) > 0 {
				t.Errorf("outcomes changed %v", changed)
			}
			requeue(t, s, at(1000))
			if err := s.Recover(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := s.Release(t.Context(), []queue.Job{job}); err != nil {
				t.Fatal(err)
			}
			sub := wantState(t, s, old.ID, queue.Superseded)
			if sub.SupersededBy != newer.ID || sub.Verdict != nil {
				t.Errorf("got %+v", sub)
			}
			if next := claimOne(t, s, at(1000)); next.ID != newer.ID {
				t.Errorf("claimed %s, want the newer %s", next.ID, newer.ID)
			}
		})
	}
}

func supersedeSparesOthers(t *testing.T, open opener) {
	s := open(t)
	done := accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	record(t, s, at(1), passed(claimOne(t, s, at(0))))
	bob := accept(t, s, store.New{Learner: "bob", Exercise: "leak"})
	pool := accept(t, s, store.New{Learner: "ann", Exercise: "pool"})
	first := accept(t, s, store.New{Learner: "ann", Exercise: "leak", Key: "1"})
	second := accept(t, s, store.New{Learner: "ann", Exercise: "leak", Key: "2"})

	again, superseded, err := s.Accept(t.Context(), store.New{
		Learner: "ann", Exercise: "leak", Key: "1", Files: map[string]string{"a.go": "package a"}, Supersede: true})
	if err != nil || again.ID != first.ID || !slices.Equal(superseded, []string{second.ID}) {
		t.Errorf("got %s superseding %v, %v; want %s superseding %s", again.ID, superseded, err, first.ID, second.ID)
	}
	wantState(t, s, done.ID, queue.Done)
	for _, id := range []string{bob.ID, pool.ID, first.ID} {
		wantState(t, s, id, queue.Queued)
	}
}

func idempotencyKey(t *testing.T, open opener) {
	s := open(t)
	n := store.New{Learner: "ann", Exercise: "leak", IdempotencyKey: "i"}
	first := accept(t, s, n)
	record(t, s, at(1), passed(claimOne(t, s, at(0))))
	again := accept(t, s, n)
	if again.ID != first.ID || again.State != queue.Done {
		t.Errorf("got %+v, want %s done", again, first.ID)
	}
	n.Files = map[string]string{"a.go": "package b"}
	if _, _, err := s.Accept(t.Context(), n); !errors.Is(err, store.ErrReused) {
		t.Errorf("other files under the same key: got %v, want ErrReused", err)
	}
	n.Learner = "bob"
	if other := accept(t, s, n); other.ID == first.ID {
		t.Error("two learners share an idempotency key")
	}
}

func busyAcceptsNothing(t *testing.T, open opener) {
	s := open(t, store.MaxUnfinished(2))
	n := store.New{Learner: "ann", Exercise: "leak", Files: map[string]string{"a.go": ""}}
	accept(t, s, n)
	second := accept(t, s, store.New{Learner: "ann", Exercise: "pool"})
	n.Learner = "bob"
	_, _, err := s.Accept(t.Context(), n)
	var busy *store.ErrBusy
	if !errors.As(err, &busy) || busy.RetryAfter <= 0 {
		t.Fatalf("got %v, want ErrBusy", err)
	}
	if jobs := claim(t, s, at(0), 100); len(jobs) != 2 {
		t.Errorf("got %d submissions, want 2", len(jobs))
	}
	n.Learner, n.Exercise, n.Supersede = "ann", "pool", true // makes its own room
	accept(t, s, n)
	wantState(t, s, second.ID, queue.Superseded)
}

func notUTF8(t *testing.T, open opener) {
	s := open(t)
	_, _, err := s.Accept(t.Context(), store.New{Learner: "ann", Exercise: "leak", Files: map[string]string{"a.go": "\xff"}})
	if err == nil {
		t.Error("bytes were accepted that would be judged as others")
	}
}

package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"manche/grader/queue"
	"manche/web/review"
	"manche/web/store"
)

func attempts(t *testing.T, open opener) {
	s := open(t)
	var want []string
	for i := range 4 {
		sub := accept(t, s, store.New{Learner: "ann", Exercise: "leak", Key: fmt.Sprint(i)})
		job := claimOne(t, s, at(i))
		o := passed(job)
		o.Verdict = []byte(`{"outcome":"failed"}`)
		record(t, s, at(i), o)
		want = append(want, sub.ID)
		tick()
	}
	accept(t, s, store.New{Learner: "ann", Exercise: "leak", Key: "replaced"})
	tick()
	waiting, _, err := s.Accept(t.Context(), store.New{Learner: "ann", Exercise: "leak", Key: "newer", Supersede: true})
	if err != nil {
		t.Fatal(err)
	}
	accept(t, s, store.New{Learner: "bob", Exercise: "leak"})
	accept(t, s, store.New{Learner: "ann", Exercise: "pool"})

	got, err := s.Attempts(t.Context(), "ann", "leak", 3)
	if err != nil || len(got) != 3 {
		t.Fatalf("got %+v, %v", got, err)
	}
	if a := got[0]; a.ID != waiting.ID || a.State != queue.Queued || a.Outcome != "" || !a.At.Equal(waiting.AcceptedAt) {
		t.Errorf("the newest: got %+v", a)
	}
	if a := got[1]; a.ID != want[3] || a.State != queue.Done || a.Outcome != "failed" || got[2].ID != want[2] {
		t.Errorf("got %+v, want %s and %s", got, want[3], want[2])
	}
}

// eachSubmission has more than fit on a page, many of them of one millisecond.
func eachSubmission(t *testing.T, open opener) {
	s := open(t)
	want := map[string]bool{}
	for i := range 53 {
		want[accept(t, s, store.New{Learner: "ann", Exercise: "leak", Key: fmt.Sprint(i)}).ID] = true
	}
	accept(t, s, store.New{Learner: "bob", Exercise: "leak"})
	var got []string
	err := s.EachSubmission(t.Context(), "ann", func(sub store.Submission) error {
		got = append(got, sub.ID)
		delete(want, sub.ID)
		return nil
	})
	if err != nil || len(got) != 53 || len(want) != 0 {
		t.Errorf("got %d, %v; missed %d", len(got), err, len(want))
	}
	stop := errors.New("stop")
	n := 0
	if err := s.EachSubmission(t.Context(), "ann", func(store.Submission) error { n++; return stop }); !errors.Is(err, stop) || n != 1 {
		t.Errorf("got %v after %d", err, n)
	}
}

// fill gives a learner one of everything.
func fill(t *testing.T, s backend, learner, exercise, activity, words string) store.Submission {
	t.Helper()
	sub := accept(t, s, store.New{Learner: learner, Exercise: exercise, IdempotencyKey: exercise, Files: map[string]string{"a.go": words}})
	if err := s.SaveDraft(t.Context(), learner, exercise, map[string]string{"a.go": words}); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveAnswer(t.Context(), store.Answer{Learner: learner, Lesson: "leaks", Activity: activity, Text: words}); err != nil {
		t.Fatal(err)
	}
	saveCard(t, s, rated(store.Card{Learner: learner, Lesson: "leaks", Activity: activity}, review.Good, at(0)), "", true)
	return sub
}

func wantHeld(t *testing.T, s backend, learner string, want store.Held) {
	t.Helper()
	if got, err := s.Held(t.Context(), learner); err != nil || got != want || got.Any() == (want == store.Held{}) {
		t.Errorf("kept of %s: got %+v, %v; want %+v", learner, got, err, want)
	}
}

func forget(t *testing.T, open opener) {
	s := open(t)
	gone := fill(t, s, "ann", "leak", "one", "hers")
	stays := fill(t, s, "bob", "leak", "one", "his")
	cancelled, err := s.Forget(t.Context(), "ann")
	if err != nil || !slices.Equal(cancelled, []string{gone.ID}) {
		t.Errorf("got %v, %v; want %s cancelled", cancelled, err, gone.ID)
	}
	if _, err := s.Submission(t.Context(), gone.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the submission: got %v, want ErrNotFound", err)
	}
	wantHeld(t, s, "ann", store.Held{})
	wantHeld(t, s, "bob", store.Held{Submissions: 1, Drafts: 1, Answers: 1, Cards: 1})
	wantState(t, s, stays.ID, queue.Queued)
	if again, err := s.Forget(t.Context(), "ann"); err != nil || len(again) != 0 {
		t.Errorf("again: got %v, %v", again, err)
	}
}

// forgottenWhileJudged forgets a submission that a worker has; its outcome comes
// to nobody.
func forgottenWhileJudged(t *testing.T, open opener) {
	s := open(t)
	sub := accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	job := claimOne(t, s, at(0))
	if cancelled, err := s.Forget(t.Context(), "ann"); err != nil || !slices.Equal(cancelled, []string{sub.ID}) {
		t.Errorf("got %v, %v; want %s cancelled", cancelled, err, sub.ID)
	}
	if advance(t, s, job, queue.Running, at(60)) {
		t.Error("the claim is held on to")
	}
	if changed := record(t, s, at(1), passed(job)); len(changed) > 0 {
		t.Errorf("outcomes changed %v", changed)
	}
	wantHeld(t, s, "ann", store.Held{})
}

func merge(t *testing.T, open opener) {
	s := open(t)
	phone := fill(t, s, "phone", "leak", "both", "older")
	fill(t, s, "phone", "pool", "phone's", "phone")
	tick()
	desk := fill(t, s, "desk", "leak", "both", "newer")
	cardOfDesk := rated(store.Card{Learner: "desk", Lesson: "leaks", Activity: "desk's"}, review.Easy, at(9))
	saveCard(t, s, cardOfDesk, "desk", true)
	if err := s.Merge(t.Context(), "phone", "desk"); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, s, "phone", store.Held{})
	wantHeld(t, s, "desk", store.Held{Submissions: 3, Drafts: 2, Answers: 3, Cards: 3})
	for _, id := range []string{phone.ID, desk.ID} {
		if sub := wantState(t, s, id, queue.Queued); sub.Learner != "desk" {
			t.Errorf("%s belongs to %s", id, sub.Learner)
		}
	}
	said, err := s.Answers(t.Context(), "desk", "leaks")
	if err != nil || said["both"].Text != "newer" || said["phone's"].Text != "phone" || said["desk's"].Text != "desk" {
		t.Errorf("got %+v, %v", said, err)
	}
	if draft, err := s.Draft(t.Context(), "desk", "leak"); err != nil || !reflect.DeepEqual(draft, map[string]string{"a.go": "newer"}) {
		t.Errorf("the draft: got %v, %v", draft, err)
	}
	// The other way round the newer stays as well.
	if err := s.Merge(t.Context(), "desk", "phone"); err != nil {
		t.Fatal(err)
	}
	if err := s.Merge(t.Context(), "phone", "phone"); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, s, "phone", store.Held{Submissions: 3, Drafts: 2, Answers: 3, Cards: 3})
}

// mergeSame merges learners who wait for a verdict on the same code, and who named
// their submissions alike.
func mergeSame(t *testing.T, open opener) {
	s := open(t)
	n := store.New{Learner: "phone", Exercise: "leak", Key: "k", IdempotencyKey: "i"}
	phone := accept(t, s, n)
	n.Learner = "desk"
	desk := accept(t, s, n)
	if err := s.Merge(t.Context(), "phone", "desk"); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, s, "desk", store.Held{Submissions: 2})
	if again := accept(t, s, n); again.ID != desk.ID {
		t.Errorf("the idempotency key leads to %s, want %s", again.ID, desk.ID)
	}
	for _, job := range claim(t, s, at(0), 100) {
		record(t, s, at(1), passed(job))
	}
	wantState(t, s, phone.ID, queue.Done)
	wantState(t, s, desk.ID, queue.Done)
}

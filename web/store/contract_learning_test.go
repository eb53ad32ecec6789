package store_test

import (
	"maps"
	"testing"
	"time"

	"manche/grader/queue"
	"manche/web/store"
)

func drafts(t *testing.T, open opener) {
	s := open(t)
	if got, err := s.Draft(t.Context(), "ann", "leak"); err != nil || got != nil {
		t.Errorf("got %v, %v for no draft", got, err)
	}
	for _, text := range []string{"package a", "package b"} {
		want := map[string]string{"a.go": text}
		if err := s.SaveDraft(t.Context(), "ann", "leak", want); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Draft(t.Context(), "ann", "leak"); err != nil || !maps.Equal(got, want) {
			t.Errorf("got %v, %v; want %v", got, err, want)
		}
	}
	if got, err := s.Draft(t.Context(), "bob", "leak"); err != nil || got != nil {
		t.Errorf("got %v, %v from somebody else", got, err)
	}
}

// tick waits for the next millisecond: the store tells no less apart.
func tick() {
	for now := time.Now().UnixMilli(); time.Now().UnixMilli() == now; {
	}
}

func progress(t *testing.T, open opener) {
	s := open(t)
	send := func(learner, exercise string, supersede bool, key string) string {
		return accept(t, s, store.New{Learner: learner, Exercise: exercise, Supersede: supersede, Key: key}).ID
	}
	judge := func(pass bool) {
		o := passed(claimOne(t, s, at(0)))
		o.Passed = pass
		record(t, s, at(0), o)
	}
	send("ann", "leak", false, "")
	judge(true)
	send("ann", "leak", false, "")
	judge(false)
	pool := send("ann", "pool", false, "1")
	tick()
	send("ann", "pool", false, "2")
	send("ann", "pool", true, "1") // back to the first; the second is superseded
	send("bob", "wait", false, "")

	got, err := s.Progress(t.Context(), "ann")
	if err != nil || len(got) != 2 {
		t.Fatalf("got %v, %v", got, err)
	}
	if p := got["leak"]; p.Attempts != 2 || !p.Passed || time.Since(p.At) > time.Hour {
		t.Errorf("leak: got %+v", p)
	}
	wantState(t, s, got["leak"].LastID, queue.Done)
	if p := got["pool"]; p.Attempts != 0 || p.Passed || p.LastID != pool {
		t.Errorf("pool: got %+v, want the last to be %s", p, pool)
	}
}

func answers(t *testing.T, open opener) {
	s := open(t)
	for _, a := range []store.Answer{
		{Learner: "ann", Lesson: "leaks", Activity: "one", Choice: "0"},
		{Learner: "ann", Lesson: "leaks", Activity: "one", Choice: "1"},
		{Learner: "ann", Lesson: "leaks", Activity: "two", Text: "parce que « là »"},
		{Learner: "ann", Lesson: "pools", Activity: "one", Choice: "2"},
		{Learner: "bob", Lesson: "leaks", Activity: "one", Choice: "3"},
	} {
		if err := s.SaveAnswer(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Answers(t.Context(), "ann", "leaks")
	if err != nil || len(got) != 2 || got["one"].Choice != "1" || got["two"].Text != "parce que « là »" {
		t.Errorf("got %v, %v", got, err)
	}
	if a := got["one"]; a.At.IsZero() || a.Learner != "ann" || a.Lesson != "leaks" || a.Activity != "one" {
		t.Errorf("got %+v", a)
	}
}

package store_test

import (
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"manche/web/review"
	"manche/web/store"
)

// rated is a card after one more rating.
func rated(c store.Card, r review.Rating, now time.Time) store.Card {
	c.Card = c.Card.Rated(r, now)
	return c
}

func saveCard(t testing.TB, s backend, c store.Card, words string, want bool) {
	t.Helper()
	if saved, err := s.SaveCard(t.Context(), c, words); err != nil || saved != want {
		t.Fatalf("saving %+v: got %t, %v; want %t", c, saved, err, want)
	}
}

func cards(t *testing.T, open opener) {
	s := open(t)
	one := rated(store.Card{Learner: "ann", Lesson: "leaks", Activity: "one"}, review.Good, at(0))
	two := rated(store.Card{Learner: "ann", Lesson: "leaks", Activity: "two"}, review.Again, at(1))
	saveCard(t, s, two, "", true)
	saveCard(t, s, one, "", true)
	saveCard(t, s, rated(store.Card{Learner: "bob", Lesson: "leaks", Activity: "one"}, review.Easy, at(2)), "", true)
	two = rated(two, review.Hard, at(90_000))
	saveCard(t, s, two, "", true)

	got, err := s.Cards(t.Context(), "ann")
	if err != nil || len(got) != 2 {
		t.Fatalf("got %+v, %v", got, err)
	}
	for i, want := range []store.Card{one, two} {
		if !got[i].Due.Equal(want.Due) || !got[i].Last.Equal(want.Last) {
			t.Errorf("got due %v after %v, want %v after %v", got[i].Due, got[i].Last, want.Due, want.Last)
		}
		got[i].Due, got[i].Last = want.Due, want.Last
		if !reflect.DeepEqual(got[i], want) {
			t.Errorf("got %+v, want %+v", got[i], want)
		}
	}
	if none, err := s.Cards(t.Context(), "zoe"); err != nil || len(none) != 0 {
		t.Errorf("got %v, %v for somebody without cards", none, err)
	}
}

// ratingCountsOnce sends ratings of states that are gone, with words that must not
// replace newer ones.
func ratingCountsOnce(t *testing.T, open opener) {
	s := open(t)
	c := store.Card{Learner: "ann", Lesson: "leaks", Activity: "one"}
	first := rated(c, review.Good, at(0))
	saveCard(t, s, rated(first, review.Good, at(90_000)), "of no card", false)
	saveCard(t, s, first, "the first words", true)
	saveCard(t, s, rated(c, review.Again, at(5)), "too late", false)
	saveCard(t, s, rated(first, review.Good, at(90_000)), "", true)
	saveCard(t, s, rated(first, review.Again, at(90_001)), "too late", false)

	got, err := s.Cards(t.Context(), "ann")
	if err != nil || len(got) != 1 || got[0].Reps != 2 || got[0].Lapses != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
	said, err := s.Answers(t.Context(), "ann", "leaks")
	if err != nil || said["one"].Text != "the first words" {
		t.Errorf("got %+v, %v", said, err)
	}
}

func fiftyRatings(t *testing.T, open opener) {
	s := open(t)
	first := rated(store.Card{Learner: "ann", Lesson: "leaks", Activity: "one"}, review.Good, at(0))
	saveCard(t, s, first, "", true)
	var counted atomic.Int32
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			saved, err := s.SaveCard(t.Context(), rated(first, review.Good, at(90_000)), "words")
			if err != nil {
				t.Error(err)
			}
			if saved {
				counted.Add(1)
			}
		})
	}
	all.Wait()
	if counted.Load() != 1 {
		t.Errorf("%d of fifty counted, want 1", counted.Load())
	}
}

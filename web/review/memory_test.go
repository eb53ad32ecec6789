package review_test

import (
	"math"
	"math/rand"
	"reflect"
	"slices"
	"testing"
	"testing/quick"

	"manche/web/review"
)

// ratings are all there are, from the worst.
var ratings = []review.Rating{review.Again, review.Hard, review.Good, review.Easy}

// life is a memory as any history of ratings can make it.
type life struct{ review.Memory }

// Generate implements [quick.Generator].
func (life) Generate(r *rand.Rand, size int) reflect.Value {
	m := review.First(ratings[r.Intn(4)])
	for range r.Intn(size + 1) {
		m = m.Next(ratings[r.Intn(4)], r.Intn(400))
	}
	return reflect.ValueOf(life{m})
}

// hold holds a property against many drawn values.
func hold(t *testing.T, name string, property any) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		if err := quick.Check(property, &quick.Config{MaxCount: 2000}); err != nil {
			t.Error(err)
		}
	})
}

// TestPublished holds the formulas against what the published implementation
// gives for the same parameters: the intervals of a history, and where a memory
// begins. "ts-fsrs" has these figures in its tests of FSRS-5.
func TestPublished(t *testing.T) {
	history := []review.Rating{3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3}
	want := []int{0, 4, 14, 44, 125, 328, 0, 0, 7, 16, 34, 71, 142}
	var m review.Memory
	var got []int
	wait := 0
	for i, r := range history {
		m = m.Next(r, wait)
		wait = int(math.Round(m.Interval(0.9)))
		if i == 0 || r == review.Again { // minutes, there
			wait = 0
		}
		got = append(got, wait)
	}
	if !slices.Equal(got, want) {
		t.Errorf("intervals: got %v, want %v", got, want)
	}
	for r, first := range map[review.Rating]review.Memory{
		review.Again: {Stability: 0.40255, Difficulty: 7.1949}, review.Hard: {Stability: 1.18385, Difficulty: 6.48830527},
		review.Good: {Stability: 3.173, Difficulty: 5.28243442}, review.Easy: {Stability: 15.69105, Difficulty: 3.22450159},
	} {
		if got := review.First(r); got.Stability != first.Stability || math.Abs(got.Difficulty-first.Difficulty) > 1e-8 {
			t.Errorf("first rating %d: got %+v, want %+v", r, got, first)
		}
	}
}

func TestForgetting(t *testing.T) {
	hold(t, "recalled with 0.9 after the stability", func(l life) bool {
		return math.Abs(l.Retrievability(l.Stability)-0.9) < 1e-9 && math.Abs(l.Interval(0.9)/l.Stability-1) < 1e-9
	})
	hold(t, "certain at once, and less so with every day", func(l life, day uint16) bool {
		return l.Retrievability(0) == 1 && l.Retrievability(float64(day)+1) < l.Retrievability(float64(day))
	})
	hold(t, "the interval is where the curve is at the retention", func(l life, x uint8) bool {
		retention := 0.5 + float64(x)/520 // 0.5 to 0.99
		return math.Abs(l.Retrievability(l.Interval(retention))-retention) < 1e-9
	})
	hold(t, "less retention is a longer interval", func(l life, x uint8) bool {
		retention := 0.5 + float64(x)/520
		return l.Interval(retention-0.01) > l.Interval(retention)
	})
}

func TestRatingMatters(t *testing.T) {
	hold(t, "bounds", func(l life, day uint16, r uint8) bool {
		m := l.Next(ratings[r%4], int(day))
		return m.Difficulty >= 1 && m.Difficulty <= 10 && m.Stability >= 0.01 && m.Stability <= 36500
	})
	hold(t, "a success firms", func(l life, day uint16) bool {
		for _, r := range ratings[1:] {
			if m := l.Next(r, int(day)+1); m.Stability <= l.Stability && m.Stability < 36500 {
				return false
			}
		}
		return true
	})
	hold(t, "a lapse never firms", func(l life, day uint16) bool {
		return l.Next(review.Again, int(day)+1).Stability <= l.Stability
	})
	hold(t, "easier is firmer and less difficult", func(l life, day uint16) bool {
		for i, r := range ratings[1:] {
			worse, better := l.Next(ratings[i], int(day)), l.Next(r, int(day))
			if better.Stability < worse.Stability || better.Difficulty > worse.Difficulty {
				return false
			}
			if better.Stability == worse.Stability && better.Stability < 36500 && better.Stability > 0.01 {
				return false
			}
		}
		return true
	})
	hold(t, "a success after longer firms more", func(l life, day uint8) bool {
		sooner, later := l.Next(review.Good, int(day)+1), l.Next(review.Good, int(day)+2)
		return later.Stability > sooner.Stability || later.Stability == 36500
	})
}

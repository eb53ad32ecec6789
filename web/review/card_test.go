package review_test

import (
	"slices"
	"testing"
	"testing/quick"
	"time"

	"manche/web/review"
)

// noon of a day; the first is a leap day.
func noon(day int) time.Time {
	return time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC).AddDate(0, 0, day)
}

func TestRated(t *testing.T) {
	c := review.Card{}.Rated(review.Good, noon(0))
	if want := review.Day(noon(3)); !c.Due.Equal(want) || c.Reps != 1 || c.Lapses != 0 || !c.Last.Equal(noon(0)) {
		t.Errorf("a new card: got %+v, want it due on %v", c, want)
	}
	early := c.Rated(review.Good, noon(1))
	late := c.Rated(review.Good, noon(3))
	if !late.Due.After(early.Due) || late.Reps != 2 {
		t.Errorf("repeated early it is due on %v, in time on %v", early.Due, late.Due)
	}
	lapsed := late.Rated(review.Again, noon(14))
	if lapsed.Wait(noon(14)) != 1 || lapsed.Lapses != 1 || lapsed.Stability >= late.Stability {
		t.Errorf("not known: got %+v", lapsed)
	}
	if first := (review.Card{}).Rated(review.Again, noon(0)); first.Lapses != 0 || first.Wait(noon(0)) != 1 {
		t.Errorf("never known is no lapse: got %+v", first)
	}
}

// A card always comes back, on a day after its rating and within a year, sooner
// for a worse rating; and only the day counts, not the hour.
func TestRatedBounds(t *testing.T) {
	property := func(history []uint8, hour uint8) bool {
		var c review.Card
		day := 0
		for _, h := range history {
			day += int(h / 4)
			for i, r := range ratings[1:] {
				if c.Rated(r, noon(day)).Due.Before(c.Rated(ratings[i], noon(day)).Due) {
					return false
				}
			}
			at := review.Day(noon(day)).Add(time.Duration(hour%24) * time.Hour)
			if !c.Rated(ratings[h%4], at).Due.Equal(c.Rated(ratings[h%4], noon(day)).Due) {
				return false
			}
			c = c.Rated(ratings[h%4], noon(day))
			if wait := c.Wait(noon(day)); wait < 1 || wait > review.MaxDays {
				return false
			}
		}
		return c.Reps == len(history)
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 300}); err != nil {
		t.Error(err)
	}
}

// old is a card that has come back before, due so many days from the first.
func old(due int) review.Card {
	return review.Card{Memory: review.First(review.Good), Due: review.Day(noon(due)), Last: noon(-9), Reps: 3}
}

func TestPlan(t *testing.T) {
	today := old(0)
	today.Last = noon(0) // repeated already, this morning
	today.Due = review.Day(noon(4))
	tests := []struct {
		name           string
		cards          []review.Card
		today          []int
		tomorrow, done int
		next           int
	}{
		{"nothing", nil, nil, 0, 0, 0},
		{"the longest overdue first", []review.Card{old(0), old(-2), old(1), old(5)}, []int{1, 0}, 1, 0, 1},
		{"done for today", []review.Card{today}, nil, 0, 1, 4},
		{"far", []review.Card{old(9), old(7)}, nil, 0, 0, 7},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := review.For(tt.cards, noon(0))
			if !slices.Equal(got.Today, tt.today) || got.Tomorrow != tt.tomorrow || got.Done != tt.done || got.Next != tt.next {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// Cards that come back for the first time are so many a day, whether they wait or
// were repeated today; others are not held off.
func TestNewPerDay(t *testing.T) {
	var cards []review.Card
	for range review.NewPerDay + 5 {
		cards = append(cards, review.Card{}.Rated(review.Good, noon(0)))
	}
	cards = append(cards, old(2))
	p := review.For(cards, noon(3))
	if len(p.Today) != review.NewPerDay+1 || p.Tomorrow != 5 || p.Next != 1 {
		t.Errorf("got %d today, %d tomorrow", len(p.Today), p.Tomorrow)
	}
	for len(p.Today) > 0 {
		i := p.Today[0]
		cards[i] = cards[i].Rated(review.Good, noon(3))
		p = review.For(cards, noon(3))
	}
	if p.Done != review.NewPerDay+1 || p.Tomorrow != 5 {
		t.Errorf("when all is done: got %+v", p)
	}
	if p = review.For(cards, noon(4)); len(p.Today) != 5 {
		t.Errorf("the day after: got %d, want the 5 that were held off", len(p.Today))
	}
}

package review

import (
	"math"
	"slices"
	"time"
)

// Bounds of a day's work.
const (
	// Retention is how probable recall should still be when a card comes back:
	// the published default. More would double the work for a few percent.
	Retention = 0.9
	// MaxDays is the longest interval in days. A learner is known by a cookie that
	// lives for 400 days; what came later would come to nobody.
	MaxDays = 365
	// NewPerDay bounds the cards that come back for the first time on one day. An
	// answer in writing takes one or two minutes, so that ten are a quarter of an
	// hour: whoever reads three lessons on a Sunday must not pay for it on
	// Wednesday. Cards that have come back before are not held off.
	NewPerDay = 10
)

// Card is one thing to be remembered, and when it comes back. The zero value has
// never been rated.
type Card struct {
	Memory
	Due    time.Time // the beginning of the day on which it comes back
	Last   time.Time // when it was rated last
	Reps   int       // ratings so far; it names the state that a rating was given in
	Lapses int       // how often it was not known any more
}

// Day returns the beginning of the day of t. Days are those of UTC: the server
// does not know where a learner lives, and a card that comes some hours early or
// late does no harm.
func Day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// days is how many days lie between the days of two times.
func days(from, to time.Time) int { return int(Day(to).Sub(Day(from)) / (24 * time.Hour)) }

// Rated is the card after a valid rating at a time.
func (c Card) Rated(r Rating, now time.Time) Card {
	next := Card{
		Memory: c.Memory.Next(r, days(c.Last, now)),
		Last:   now, Reps: c.Reps + 1, Lapses: c.Lapses,
	}
	if r == Again && c.Reps > 0 {
		next.Lapses++
	}
	next.Due = Day(now).AddDate(0, 0, next.wait(r))
	return next
}

// wait is the interval in whole days, at least one: the queue is a daily one.
// What was not known comes back tomorrow, whatever its stability.
func (c Card) wait(r Rating) int {
	if r == Again {
		return 1
	}
	return int(within(math.Round(c.Interval(Retention)), 1, MaxDays))
}

// Wait is in how many days the card comes back, seen from now; 0 for today or
// before.
func (c Card) Wait(now time.Time) int { return max(0, days(now, c.Due)) }

// Plan is what is to be done with a learner's cards, by their index.
type Plan struct {
	Today    []int // to be repeated now, in this order
	Tomorrow int   // how many will be due tomorrow, those held off today among them
	Done     int   // repeated today
	Next     int   // in how many days the next comes after today's; 0 if none will
}

// For plans the day of now. The longest overdue come first.
func For(cards []Card, now time.Time) Plan {
	var p Plan
	room := NewPerDay
	for _, c := range cards {
		if c.Reps > 1 && days(c.Last, now) == 0 {
			p.Done++
			if c.Reps == 2 {
				room--
			}
		}
	}
	for _, i := range byDue(cards) {
		wait := cards[i].Wait(now)
		switch {
		case wait == 0 && cards[i].Reps > 1:
			p.Today = append(p.Today, i)
		case wait == 0 && room > 0:
			room--
			p.Today = append(p.Today, i)
		default:
			p.later(max(1, wait))
		}
	}
	return p
}

// later counts a card that comes in so many days.
func (p *Plan) later(wait int) {
	if wait == 1 {
		p.Tomorrow++
	}
	if p.Next == 0 || wait < p.Next {
		p.Next = wait
	}
}

// byDue lists the cards' indices in the order in which they became due; equals
// keep their order.
func byDue(cards []Card) []int {
	order := make([]int, len(cards))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cards[a].Due.Compare(cards[b].Due) })
	return order
}

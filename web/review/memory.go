// Package review decides when a card comes back: spaced repetition after FSRS,
// the Free Spaced Repetition Scheduler, in its fifth version. It maps values to
// values: no clock, no store, no randomness.
//
// The formulas and the 19 parameters are the published ones of FSRS-5
// (https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm,
// section "FSRS-5"), which were fitted to the reviews of many learners; this
// implementation is our own. With w the parameters, G the rating from 1 to 4,
// S stability, D difficulty and R retrievability:
//
//	R(t,S)      = (1 + 19/81 · t/S)^-0.5
//	I(r,S)      = S · 81/19 · (r^-2 - 1)
//	S0(G)       = w[G-1]
//	D0(G)       = w4 - e^(w5·(G-1)) + 1
//	D'(D,G)     = w7·D0(4) + (1-w7)·(D - w6·(G-3)·(10-D)/9)
//	S'r(D,S,R,G)= S · (1 + e^w8 · (11-D) · S^-w9 · (e^(w10·(1-R)) - 1) · [w15 if G=2] · [w16 if G=4])
//	S'f(D,S,R)  = min(S, w11 · D^-w12 · ((S+1)^w13 - 1) · e^(w14·(1-R)))
//	S's(S,G)    = S · e^(w17·(G-3+w18)), for a second rating on the same day
//
// D is kept within 1 and 10. What we leave out is the steps of minutes within a
// day: the queue is a daily one, and nothing in it comes back before tomorrow.
package review

import "math"

// Rating is how well an answer came to the reader, in the reader's own opinion.
type Rating int

// The ratings. No other value is one.
const (
	Again Rating = 1 + iota // not at all
	Hard                    // with effort
	Good                    // well
	Easy                    // at once
)

// Valid reports whether r is one of the four.
func (r Rating) Valid() bool { return r >= Again && r <= Easy }

// w are the default parameters of FSRS-5.
var w = [19]float64{
	0.40255, 1.18385, 3.173, 15.69105, // first stability, by rating
	7.1949, 0.5345, 1.4604, 0.0046, // difficulty
	1.54575, 0.1192, 1.01925, // stability after a success
	1.9395, 0.11, 0.29605, 2.2698, // stability after a lapse
	0.2315, 2.9898, // penalty of Hard, bonus of Easy
	0.51655, 0.6621, // a second rating on the same day
}

// Shape of the forgetting curve: with these, R is 0.9 after S days.
const (
	decay  = -0.5
	factor = 19.0 / 81.0
)

// Bounds of a memory. Difficulty's are the published ones. The least stability
// keeps the formulas finite, the greatest is a hundred years, as in the published
// implementations. Unit of a stability: days.
const (
	minDifficulty = 1
	maxDifficulty = 10
	minStability  = 0.01
	maxStability  = 36500
)

// Memory is what is assumed of how firmly something is remembered. The zero
// value has never been rated.
type Memory struct {
	Stability  float64 // days after which it is recalled with a probability of 0.9
	Difficulty float64 // 1 to 10
}

// First is the memory after the first rating, which must be valid.
func First(r Rating) Memory {
	return Memory{Stability: w[r-1], Difficulty: firstDifficulty(r)}
}

func firstDifficulty(r Rating) float64 {
	return within(w[4]-math.Exp(w[5]*float64(r-1))+1, minDifficulty, maxDifficulty)
}

// Retrievability is the probability that it is recalled so many days after the
// last rating; 1 for none or fewer.
func (m Memory) Retrievability(days float64) float64 {
	return math.Pow(1+factor*max(0, days)/m.Stability, decay)
}

// Interval is after how many days the probability of recall has fallen to
// retention, between 0 and 1.
func (m Memory) Interval(retention float64) float64 {
	return m.Stability / factor * (math.Pow(retention, 1/decay) - 1)
}

// Next is the memory after another valid rating, given so many whole days after
// the last one. The zero value begins.
func (m Memory) Next(r Rating, days int) Memory {
	if m.Stability <= 0 {
		return First(r)
	}
	return Memory{
		Stability:  within(m.nextStability(r, days), minStability, maxStability),
		Difficulty: m.nextDifficulty(r),
	}
}

func (m Memory) nextDifficulty(r Rating) float64 {
	change := -w[6] * float64(r-Good) * (maxDifficulty - m.Difficulty) / 9
	return within(w[7]*firstDifficulty(Easy)+(1-w[7])*(m.Difficulty+change), minDifficulty, maxDifficulty)
}

func (m Memory) nextStability(r Rating, days int) float64 {
	if days <= 0 {
		return m.Stability * math.Exp(w[17]*(float64(r-Good)+w[18]))
	}
	forgotten := 1 - m.Retrievability(float64(days))
	if r == Again {
		kept := w[11] * math.Pow(m.Difficulty, -w[12]) * (math.Pow(m.Stability+1, w[13]) - 1) * math.Exp(w[14]*forgotten)
		return min(m.Stability, kept)
	}
	growth := math.Exp(w[8]) * (maxDifficulty + 1 - m.Difficulty) * math.Pow(m.Stability, -w[9]) * (math.Exp(w[10]*forgotten) - 1)
	switch r {
	case Hard:
		growth *= w[15]
	case Easy:
		growth *= w[16]
	}
	return m.Stability * (1 + growth)
}

func within(x, low, high float64) float64 { return min(max(x, low), high) }

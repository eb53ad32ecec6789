package driver

import "runtime"

// Yields are drawn without any synchronisation, on purpose: an atomic counter
// or a lock in Yield would order the very accesses whose disorder the race
// detector is to see. The variables are therefore read and written unguarded by
// functions that the detector does not instrument; a lost update only draws a
// number twice.
var (
	perturbing bool
	calls      uint64
	seed       uint64
	longest    uint64 // of the rare long pauses, in microseconds
	paused     uint64 // of all pauses that were asked for, in microseconds
)

// The rare long pauses of an attempt are bounded by one of these, drawn for the
// attempt: short ones leave time for more repetitions, and some bugs need the
// long ones.
const (
	shortPause = 600
	longPause  = 3000
)

// perturb switches the yields on or off, and starts their sequence anew.
//
//go:norace
func perturb(on bool, from uint64) {
	perturbing, calls, seed, longest = on, 0, from, shortPause
	if next()>>63 == 0 {
		longest = longPause
	}
}

// perturbed reports whether a yield has been drawn since perturb.
//
//go:norace
func perturbed() bool { return calls > 1 } // perturb draws one itself

// Yield stands before the concurrency operations of the learner's code, put
// there by the build. Most of the time it does nothing or lets another
// goroutine go first; now and then it takes real time, so that orders of events
// happen that a quick machine shows once in a million.
//
//go:norace
func Yield() {
	if !perturbing {
		return
	}
	switch n := next(); {
	case n%100 < 45:
	case n%100 < 75 || !mayPause(n):
		for range 1 + n>>32%3 {
			runtime.Gosched()
		}
	case n%100 < 95:
		rest(1 + n>>32%300)
	default:
		rest(1 + n>>32%longest)
	}
}

// rest pauses, and counts it.
//
//go:norace
func rest(microseconds uint64) {
	paused += microseconds
	pause(int64(microseconds))
}

// fullYields is how many yields of one attempt may all pause. Most bugs are a
// matter of a few operations; a check with thousands of them would take seconds.
const fullYields = 64

// mayPause thins the pauses out after the first yields of an attempt, so that
// their time grows with the logarithm of their number.
//
//go:norace
func mayPause(n uint64) bool { return calls <= fullYields || n>>40%calls < fullYields }

// next draws from SplitMix64 (Steele, Lea, Flood 2014), which needs no more
// state than a counter.
//
//go:norace
func next() uint64 {
	calls++
	z := seed + calls*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

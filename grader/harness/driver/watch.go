package driver

import (
	"os"
	"strings"
	"time"

	"manche/grader/harness/wire"
)

// pollEvery is how often a check that takes its time is looked at: one look
// costs the program a garbage collection of some milliseconds. Where it costs
// more, the looks become rarer, and take a tenth of the time at most: the race
// detector's own code cannot be interrupted, so a loop that only reads a variable
// can keep the collector waiting for seconds.
const (
	pollEvery = 100 * time.Millisecond
	pollShare = 10
)

// watch guards one check until stop is called, which waits for the guard. The
// check may take limit milliseconds, and so many of the processors where work is
// not 0, unless a leak profile proves before that it never ends.
func (s *session) watch(check string, limit, work int, proven func(profile string) bool) (stop func()) {
	over, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		s.guard(check, limit, work, proven, over)
	}()
	return func() {
		close(over)
		<-gone
	}
}

// guard ends the process once the check can be seen never to end: proven by the
// leak detector, or because its time is up. Go cannot stop a goroutine from
// outside, so the process is all that can be ended; the parent runs the other
// checks in a new one.
func (s *session) guard(check string, limitMS, workMS int, proven func(string) bool, over <-chan struct{}) {
	began, work := processorTime(), time.Duration(workMS)*time.Millisecond
	used := func() time.Duration { return processorTime() - began }
	tick := time.NewTimer(pollEvery)
	defer tick.Stop()
	limit := time.NewTimer(time.Duration(limitMS) * time.Millisecond)
	defer limit.Stop()
	var seen stillness
	for {
		select {
		case <-over:
			return
		case at := <-tick.C:
			profile := leakProfile()
			seen.look(profile)
			if proven(profile) {
				s.stuck(wire.Frame{Check: check, Left: profile, Proven: true}, over)
			}
			if work > 0 && used() > work {
				s.stuck(wire.Frame{Check: check, Left: string(new(looks).dump()), Busy: true}, over)
			}
			tick.Reset(max(pollEvery, pollShare*time.Since(at)))
		case <-limit.C:
			// The first look may be as late as this. One at what is busy could take seconds.
			if used() < time.Duration(limitMS)*time.Millisecond/4 {
				if profile := leakProfile(); proven(profile) {
					s.stuck(wire.Frame{Check: check, Left: profile, Proven: true}, over)
				}
			}
			last := string(new(looks).dump())
			busy := work > 0 && used() > work/2 // others may have had the rest
			s.stuck(wire.Frame{Check: check, Left: last, Stalled: seen.lasts(last), Busy: busy}, over)
		}
	}
}

// stuck reports the check and ends the process, unless the check has come to
// its end after all.
func (s *session) stuck(f wire.Frame, over <-chan struct{}) {
	select {
	case <-over:
		return
	default:
	}
	s.cut()
	f.Kind, f.Known, f.Left, f.Rings, f.Held = wire.Stuck, s.known, clip(f.Left), newSearch().rings(), held()
	s.report.Send(f)
	os.Exit(0)
}

// checkLeaked reports whether the goroutine that runs the check is among those
// that can never go on.
func checkLeaked(profile string) bool { return leakedIn(profile, checkFrame) }

// leakedIn reports whether a goroutine with this frame can never go on.
func leakedIn(profile, frame string) bool {
	for block := range strings.SplitSeq(profile, "\n\n") {
		header, body, _ := strings.Cut(block, "\n")
		if strings.Contains(header, "(leaked)") && strings.Contains(body, frame) {
			return true
		}
	}
	return false
}

// checkFrame stands in the stacks of the goroutine that runs a check and of the
// one that waits for it, whatever module the driver was built in.
const checkFrame = "/driver.(*session).attempt"

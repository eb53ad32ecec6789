package driver

import (
	"os"
	"strings"
	"time"

	"manche/grader/harness/wire"
)

// pollEvery is how often a check that takes its time is looked at: one look
// costs the program a garbage collection of some milliseconds.
const pollEvery = 100 * time.Millisecond

// watch guards one check until stop is called, which waits for the guard. The
// check may take limit milliseconds, unless a leak profile proves before that
// it never ends.
func (s *session) watch(check string, limit int, proven func(profile string) bool) (stop func()) {
	over, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		s.guard(check, limit, proven, over)
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
func (s *session) guard(check string, limitMS int, proven func(string) bool, over <-chan struct{}) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	limit := time.NewTimer(time.Duration(limitMS) * time.Millisecond)
	defer limit.Stop()
	for {
		select {
		case <-over:
			return
		case <-tick.C:
			if profile := leakProfile(); proven(profile) {
				s.stuck(check, profile, true, over)
			}
		case <-limit.C:
			s.stuck(check, leakProfile(), false, over)
		}
	}
}

// stuck reports the check and ends the process, unless the check has come to
// its end after all.
func (s *session) stuck(check, profile string, proven bool, over <-chan struct{}) {
	select {
	case <-over:
		return
	default:
	}
	s.cut()
	s.report.Send(wire.Frame{Kind: wire.Stuck, Check: check, Known: s.known, Left: clip(profile), Proven: proven, Rings: rings()})
	os.Exit(0)
}

// checkLeaked reports whether the goroutine that runs the check is among those
// that can never go on.
func checkLeaked(profile string) bool {
	for block := range strings.SplitSeq(profile, "\n\n") {
		header, body, _ := strings.Cut(block, "\n")
		if strings.Contains(header, "(leaked)") && strings.Contains(body, checkFrame) {
			return true
		}
	}
	return false
}

// checkFrame stands in the stacks of the goroutine that runs a check and of the
// one that waits for it, whatever module the driver was built in.
const checkFrame = "/driver.(*session).attempt"

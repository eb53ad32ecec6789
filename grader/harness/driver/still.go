package driver

import (
	"strings"
	"time"
)

// stillTime is how long nothing may have moved before a check that has used up
// its time is said to stand still, rather than to be slow.
const stillTime = time.Second

// stillness watches whether anything moves. The zero value has seen nothing.
type stillness struct {
	last  string    // who waits where
	since time.Time // since when that has not changed
}

// look takes in a dump of all goroutines.
func (s *stillness) look(dump string) {
	waits, all := waiting(dump)
	if !all {
		s.last, s.since = "", time.Time{}
		return
	}
	if s.since.IsZero() || waits != s.last {
		s.last, s.since = waits, time.Now()
	}
}

// lasts reports whether it has lasted for long enough, up to this dump: a
// goroutine that a timer has just woken was waiting in all the looks before.
func (s *stillness) lasts(dump string) bool {
	_, all := waiting(dump)
	return all && !s.since.IsZero() && time.Since(s.since) >= stillTime
}

// moving are the states of goroutines that go on, or will by themselves: one that
// needs memory may be helping the garbage collector, or waiting for it.
var moving = []string{"running", "runnable", "preempted", "sleep", "syscall", "IO wait", "GC ", "garbage collection", "wait for GC cycle", "stopping the world"}

// waiting returns the stacks of a dump without the times in their heads, and
// whether every goroutine but the guard waits for another one.
func waiting(dump string) (stacks string, all bool) {
	var b strings.Builder
	for block := range strings.SplitSeq(dump, "\n\n") {
		if strings.Contains(block, guardFrame) || strings.Contains(block, hearFrame) {
			continue
		}
		header, body, _ := strings.Cut(block, "\n")
		number, state, _ := strings.Cut(header, " [")
		for _, m := range moving {
			if strings.HasPrefix(state, m) {
				return "", false
			}
		}
		b.WriteString(number + "\n" + body + "\n")
	}
	return b.String(), true
}

// guardFrame stands in the stack of the goroutine that takes the dump.
const guardFrame = "/driver.(*session).guard"

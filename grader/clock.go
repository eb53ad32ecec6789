package grader

import "manche/grader/report"

// stopped lists the goroutines for which the virtual clock of a synctest bubble
// stands still: they wait for a lock, which is no wait that the clock goes on
// for, while nobody in the bubble runs (testing/synctest, "durably blocked").
func (j *judgement) stopped(a attempt) []waiter {
	for _, g := range report.Goroutines(a.Left) {
		if g.Bubble > 0 && operation(g.State) == "run" {
			return nil
		}
	}
	return j.waiters(a, func(g report.Goroutine) bool {
		return g.Bubble > 0 && !g.Durable && operation(g.State) == "lock"
	})
}

// clock is the finding on a clock that stands still: at the place where the lock
// was taken, by a goroutine that now waits with it in its hands.
func (j *judgement) clock(list []waiter, held hands) Finding {
	first := list[0]
	at, ok := held.keeper(first.seen.ID)
	if !ok {
		return j.waiting(list, "deadlock.lock", nil)
	}
	f := j.waiting(list, "timeout.clock", map[string]string{"held": inFile(at, first.At.File)})
	f.Kind, f.Axis = KindTimeout, KindTimeout.Axis()
	return f
}

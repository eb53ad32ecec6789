package grader

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"manche/grader/report"
	"manche/grader/source"
)

// stuck reads a check that was seen not to come to its end: proven to wait for
// ever, standing still without a proof, or busy for too long.
func (j *judgement) stuck(a attempt) Finding {
	switch {
	case a.Proven:
		if f := j.deadlock(a); f.Line > 0 || len(a.Rings) == 0 {
			return f
		}
		return j.lockOrder(a.Rings[0], "deadlock.ring")
	case a.Stalled && !j.timed(a):
		return j.stalled(a)
	case len(j.stopped(a)) > 0:
		return j.clock(j.stopped(a), handsOf(a.Held, a.Left))
	case a.Check == "":
		return finding(KindTimeout, "timeout.setup", j.busyPlace(a.Left), map[string]string{"seconds": seconds(ownSetup)})
	}
	if a.Busy {
		return finding(KindTimeout, "timeout.busy", j.busyPlace(a.Left), nil)
	}
	key, limit := "timeout.check", j.limit(a)
	if j.inPlace {
		key = "timeout.own"
	}
	return finding(KindTimeout, key, j.busyPlace(a.Left), map[string]string{"seconds": seconds(limit), "limit": duration(limit)})
}

// limit is the time that the check of an attempt had.
func (j *judgement) limit(a attempt) time.Duration {
	if a.later {
		return laterTime
	}
	return time.Duration(j.terms.orders.CheckMS) * time.Millisecond
}

// timed reports whether some goroutine waits for the clock as well, so that it
// would have gone on.
func (j *judgement) timed(a attempt) bool {
	return slices.ContainsFunc(report.Goroutines(a.Left), func(g report.Goroutine) bool {
		return slices.ContainsFunc(g.Frames, func(f report.Frame) bool {
			op, ok := j.text().At(f.File, f.Line, source.Kind(operation(g.State)))
			return ok && j.text().Timed(op)
		})
	})
}

// deadlock reads who waits for whom when nobody can go on.
func (j *judgement) deadlock(a attempt) Finding {
	list := j.waiters(a, func(g report.Goroutine) bool { return g.Leaked || g.Durable })
	if len(list) == 0 {
		return finding(KindDeadlock, j.absent(a), Place{}, nil)
	}
	held := handsOf(a.Held, a.Left)
	key, params := j.reason(list, held)
	f := j.waiting(list, key, params)
	if at, ok := held.keeper(list[0].seen.ID); ok && key == "deadlock.lock_kept" {
		f.Place, f.Params = j.lockAt(at), finding(KindDeadlock, key, at, waits(list[0].Goroutine, at)).Params
	}
	return f
}

// absent names the sentence for a deadlock that the code has no part in: where
// none of it is left, only the check waits.
func (j *judgement) absent(a attempt) string {
	if len(j.waiters(a, func(report.Goroutine) bool { return true })) == 0 {
		return "deadlock.finished"
	}
	return "deadlock.unplaced"
}

// stalled reads a check in which nothing moves any more, though nobody can prove
// that it never will.
func (j *judgement) stalled(a attempt) Finding {
	list := j.waiters(a, func(report.Goroutine) bool { return true })
	if len(list) == 0 {
		return finding(KindDeadlock, "deadlock.unplaced", Place{}, nil)
	}
	return j.waiting(list, "deadlock.stalled", map[string]string{"seconds": seconds(j.limit(a))})
}

// waiting is the finding on goroutines that wait, the first of them in the first
// place.
func (j *judgement) waiting(list []waiter, key string, params map[string]string) Finding {
	f := finding(KindDeadlock, key, list[0].At, params)
	links := 1 // those of the chain are told one by one, the others may be alike
	for links < len(list) && list[links-1].WaitsFor == links+1 {
		links++
	}
	if links == 1 {
		links = 0 // no chain: all may be alike
	}
	var others []Goroutine
	var said []string
	for i, w := range list {
		if i < links {
			f.Goroutines = append(f.Goroutines, w.Goroutine)
		} else {
			if w.WaitsFor > max(links, 1) {
				w.WaitsFor = 0 // numbers beyond the chain do not last
			}
			others = append(others, w.Goroutine)
		}
		said = append(said, evidenceOf(w.seen))
	}
	f.Goroutines = append(f.Goroutines, alike(others)...)
	f.Evidence = strings.Join(said, "\n")
	return f
}

// waiters lists the goroutines that a deadlock is about, as a chain: each waits
// for the next one as far as that is known, and the first one tells most.
func (j *judgement) waiters(a attempt, stays func(report.Goroutine) bool) []waiter {
	var list []waiter
	held := handsOf(a.Held, a.Left)
	for _, g := range report.Goroutines(a.Left) {
		if _, ok := report.First(g.Frames, j.mine); ok && stays(g) {
			before := slices.Contains(a.Known, g.ID)
			list = append(list, waiter{seen: g, Goroutine: j.goroutine(g, held), hand: held[g.ID], before: before})
		}
	}
	slices.SortStableFunc(list, func(x, y waiter) int { return cmp.Compare(j.telling(x), j.telling(y)) })
	return j.chain(list)
}

// telling ranks a waiting goroutine, the one that tells most first: one at a lock
// or a channel in the code itself, not the one that only waits for the others,
// nor one in a test, nor one that was there before the check.
func (j *judgement) telling(w waiter) int {
	rank := slices.Index([]string{"lock", "send", "receive", "select"}, w.Does)
	if rank < 0 {
		rank = 4
	}
	if !slices.Contains(j.ex.Editable, w.At.File) {
		rank += 5
	}
	if w.before {
		rank += 10
	}
	return rank
}

// reason names the sentence that says why a chain of goroutines cannot go on.
func (j *judgement) reason(list []waiter, held hands) (string, map[string]string) {
	first := list[0]
	if strings.HasPrefix(first.seen.State, condWait) {
		return "deadlock.signal", nil
	}
	switch first.Does {
	case "lock":
		return lockReason(list, held)
	case "wait":
		if next := first.WaitsFor; next > 1 {
			return "deadlock.wait_for", map[string]string{"other": inFile(list[next-1].At, first.At.File)}
		}
		fallthrough
	case "send", "receive":
		return j.refine("deadlock."+first.Does, first.Goroutine)
	case "select":
		return "deadlock.select", nil
	}
	return "deadlock.other", nil
}

// lockReason does so where the first one waits for a lock.
func lockReason(list []waiter, held hands) (string, map[string]string) {
	first, ring := list[0], ringOf(list)
	at, kept := held.keeper(first.seen.ID)
	params := map[string]string{"held": inFile(at, first.At.File)}
	switch {
	case len(ring) == 1 && first.upgrades():
		return "deadlock.upgrade", params
	case len(ring) == 1:
		return "deadlock.self", params
	case len(ring) == 2 && readerParams(ring) != nil:
		return "deadlock.reader", readerParams(ring)
	case len(ring) == 2 && first.Does == "lock" && ring[1].Does == "lock" && len(first.has) > 0 && len(ring[1].has) > 0:
		return "deadlock.ring", map[string]string{"held": lastHeld(first), "other": inFile(ring[1].At, first.At.File), "other_held": lastHeld(ring[1])}
	case len(ring) > 1 && !slices.ContainsFunc(ring, func(w waiter) bool { return w.Does != "lock" }):
		return "deadlock.ring_of", map[string]string{"n": strconv.Itoa(len(ring))}
	case kept && first.WaitsFor > 1:
		params["other"] = inFile(list[first.WaitsFor-1].At, first.At.File)
		return "deadlock.lock_behind", params
	case kept:
		return "deadlock.lock_kept", params
	}
	return "deadlock.lock", nil
}

package grader

import (
	"slices"
	"strconv"
	"strings"

	"manche/grader/report"
	"manche/grader/vet"
)

// assessTrials turns what the tries have shown, and what was seen without
// running, into the verdict.
func (j *judgement) assessTrials(trials []*trial, remarks []vet.Remark) *Verdict {
	v := j.verdict(Passed, "")
	var found []Finding
	finished := true
	for _, t := range trials {
		found = append(found, j.tried(t)...)
		v.Checks = append(v.Checks, t.check())
		v.Runs.Count = max(v.Runs.Count, len(t.tries))
		finished = finished && t.finished()
	}
	if len(found) == 0 && !finished && slow(trials) {
		found = append(found, finding(KindTimeout, "timeout.slow", Place{}, map[string]string{"seconds": seconds(j.terms.total)}))
	}
	v.Findings = slices.CompactFunc(order(append(found, besides(j.warnings(remarks), found)...), j.ex.CheckList), sameFault)
	v.Axes[Builds] = Standing{State: AxisPassed}
	for _, axis := range []Axis{Correct, RaceFree, LeakFree, Terminates} {
		v.Axes[axis] = j.standing(axis, v.Findings, finished || len(found) > 0 && allTried(trials))
	}
	v.Outcome = outcome(v)
	return v
}

// sameFault reports whether two findings without a place are one fault of the
// test, which each sound implementation shows.
func sameFault(a, b Finding) bool {
	return a.Key == b.Key && a.Line == 0 && b.Line == 0 && (a.Key == "leak.test" || a.Key == "test.accuses_silent")
}

// check is the fate of one implementation.
func (t *trial) check() Check {
	c := Check{Name: t.Name, Outcome: Unproven, Runs: len(t.tries)}
	for _, y := range t.tries {
		if t.wrong(y) {
			c.FailedRuns++
		}
	}
	switch {
	case c.FailedRuns > 0:
		c.Outcome = Failed
	case c.Runs > 0:
		c.Outcome = Passed
	}
	return c
}

// finished reports whether the implementation was tried as often as it takes for
// a test to pass.
func (t *trial) finished() bool { return len(t.tries) == rounds }

// allTried reports whether every implementation was tried, and each time the
// tests came to their end.
func allTried(trials []*trial) bool {
	return !slices.ContainsFunc(trials, func(t *trial) bool {
		return len(t.tries) == 0 || slices.ContainsFunc(t.tries, func(y try) bool { return !y.passed && !y.failed })
	})
}

// slow reports whether every try took so long that it is the test's doing.
func slow(trials []*trial) bool {
	for _, t := range trials {
		if slices.ContainsFunc(t.tries, func(y try) bool { return y.took < slowTry }) {
			return false
		}
	}
	return true
}

// tried is what is wrong with the test, as the tries on one implementation show.
func (j *judgement) tried(t *trial) []Finding {
	var list []Finding
	for _, y := range t.tries {
		if t.wrong(y) {
			list = append(list, j.triedOnce(t, y)...)
		}
	}
	for i := range list {
		list[i].Check, list[i].Params["implementation"] = t.Name, t.Name
	}
	return list
}

// triedOnce is what one try shows.
func (j *judgement) triedOnce(t *trial, y try) []Finding {
	switch {
	case t.Sound:
		return j.accusations(y)
	case y.hung:
		return []Finding{j.hanging(y)}
	case y.passed:
		return []Finding{j.blind(t)}
	}
	// A failure is what is wanted here; why the process ended is not.
	why := slices.DeleteFunc(j.findings(y.seen), func(f Finding) bool { return f.Kind == KindTest || f.Kind == KindLeak || f.Kind == KindRace })
	if len(why) > 0 {
		return why
	}
	return []Finding{j.blind(t)} // it was not seen to fail
}

// blind is the finding on a test that passes on a broken implementation, or does
// so now and then.
func (j *judgement) blind(t *trial) Finding {
	key, failed := "test.blind", 0
	for _, y := range t.tries {
		if y.failed {
			failed++
		}
	}
	if failed > 0 {
		key = "test.unsteady"
	}
	return finding(KindTest, key, Place{}, map[string]string{"failed": strconv.Itoa(failed), "runs": strconv.Itoa(len(t.tries))})
}

// hanging is the finding on a test that never ends on a broken implementation.
func (j *judgement) hanging(y try) Finding {
	list := j.findings(y.seen)
	i := slices.IndexFunc(list, func(f Finding) bool { return f.Kind == KindDeadlock || f.Kind == KindTimeout })
	if i < 0 {
		return finding(KindTimeout, "timeout.broken", Place{}, nil)
	}
	key := "timeout.broken"
	if list[i].Line > 0 {
		key = "timeout.broken_at"
	}
	f := finding(KindTimeout, key, list[i].Place, nil)
	f.Goroutines, f.Evidence = list[i].Goroutines, list[i].Evidence
	return f
}

// accusations are what a test has against a sound implementation, and what it
// does wrong itself.
func (j *judgement) accusations(y try) []Finding {
	list := j.findings(y.seen)
	for i := range list {
		switch f := &list[i]; f.Key {
		case "test.check":
			f.Key = "test.accuses"
			f.Params["message"] = strings.TrimRight(firstLine(f.Params["message"]), ":")
		case "test.silent":
			f.Key = "test.accuses_silent"
		case "leak.unplaced":
			*f = j.leftByTest(y)
		}
	}
	if len(list) == 0 { // it was skipped, say: it was not seen to pass
		list = append(list, finding(KindTest, "test.accuses_silent", Place{}, nil))
	}
	return list
}

// leftByTest is the finding on a goroutine of a sound implementation's that is
// still there: the test has left it, or ended its bubble, in which time stands
// still from then on, before that goroutine could end.
func (j *judgement) leftByTest(y try) Finding {
	for _, a := range y.seen.attempts {
		value, g := a.Panic, report.Goroutine{}
		if stacks := report.Goroutines(a.Stack); len(stacks) > 0 {
			g = stacks[0]
		}
		if p, ok := report.LastPanic(a.Output); ok && a.death != nil {
			value, g = p.Value, p.Goroutine
		}
		if strings.HasPrefix(value, bubbleLeft) {
			at, _ := report.First(g.Frames, j.mine)
			return finding(KindTest, "test.accuses", Place{File: at.File, Line: at.Line}, map[string]string{"message": value})
		}
	}
	return finding(KindLeak, "leak.test", Place{}, nil)
}

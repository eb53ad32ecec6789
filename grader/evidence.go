package grader

import (
	"slices"

	"manche/grader/harness"
	"manche/grader/sandbox"
)

// attempt is one run of one check. Death is set when the process ended with it, or
// later on through what it had left.
type attempt struct {
	harness.Attempt
	death *sandbox.Result
	rest  string // printed after an attempt that came to its end, where death followed
	later bool   // it had less time, see laterTime
}

// bad reports whether anything was wrong in the attempt.
func (a attempt) bad() bool {
	return a.Failed || a.Stuck || a.death != nil || a.Left != "" || a.Races > 0 || a.Rings != nil
}

// evidence is what all runs of a judgement have shown.
type evidence struct {
	attempts []attempt
	first    sandbox.Result  // of the first process of a program; of others nobody asks
	skip     []string        // checks that were seen to fail, and do not run again
	orphan   *sandbox.Result // a process that ended before any check began
	tampered bool
	// strict takes a check that chose not to run for one that proves nothing.
	strict bool
	later  bool // the checks of the runs to come have less time
}

// add takes one run in, and reports whether another one is worth while: after a
// process that ended before all was done, without the check that it ended in.
func (e *evidence) add(run harness.Run, result sandbox.Result) bool {
	own := undisturbed(run.Attempts)
	for _, a := range own {
		e.attempts = append(e.attempts, attempt{Attempt: a, later: e.later})
	}
	switch {
	case run.Tampered:
		e.tampered = true
		return false
	case len(own) < len(run.Attempts):
		e.leaveOut()
		return true
	case run.Complete:
		return false
	case len(run.Attempts) == 0:
		e.orphan = &result
		return false
	}
	if run.Attempts[len(run.Attempts)-1].Check == "" {
		return false // it never came to any check
	}
	e.bury(run, &result)
	e.leaveOut()
	return true
}

// bury puts the end of a process down to one of its attempts, which are the latest
// here: the one under way, or else the first that left something which may still
// act, or else the last one. A stuck one was ended by the driver.
func (e *evidence) bury(run harness.Run, result *sandbox.Result) {
	n := len(run.Attempts) - 1
	last := run.Attempts[n]
	if last.Stuck {
		return
	}
	if i := slices.IndexFunc(run.Attempts, acting); i >= 0 && last.Ended {
		n = i
	}
	a := &e.attempts[len(e.attempts)-len(run.Attempts)+n]
	a.death, a.rest = result, run.Rest
}

// exhausted reports whether a check has used up its time, and might have gone on.
func (e *evidence) exhausted() bool {
	return slices.ContainsFunc(e.attempts, func(a attempt) bool { return a.Stuck && !a.Proven })
}

// leaveOut has the checks that were seen to fail not run again.
func (e *evidence) leaveOut() {
	for _, a := range e.attempts {
		if a.bad() && !slices.Contains(e.skip, a.Check) {
			e.skip = append(e.skip, a.Check)
		}
	}
}

// undisturbed cuts a run where the first thing goes wrong after a check that left
// goroutines behind which may still do something: it may be their doing, and not
// that of the check which ran meanwhile.
func undisturbed(list []harness.Attempt) []harness.Attempt {
	i := slices.IndexFunc(list, acting)
	if i < 0 {
		return list
	}
	wrong := func(a harness.Attempt) bool { return !a.Ended || (attempt{Attempt: a}).bad() }
	if k := slices.IndexFunc(list[i+1:], wrong); k >= 0 {
		return list[:i+1+k]
	}
	return list
}

// acting reports whether an attempt has left something that may still act.
func acting(a harness.Attempt) bool { return a.Ended && a.Left != "" && a.Settled }

// checks sums up the fate of each check.
func (e *evidence) checks(names []string) []Check {
	list := make([]Check, 0, len(names))
	for _, name := range names {
		c, skipped := Check{Name: name, Outcome: Unproven}, 0
		for _, a := range e.attempts {
			if a.Check != name {
				continue
			}
			c.Runs++
			if a.bad() {
				c.FailedRuns++
			}
			if a.Skipped && e.strict {
				skipped++
			}
		}
		switch {
		case c.FailedRuns > 0:
			c.Outcome = Failed
		case c.Runs > skipped && !e.tampered && e.orphan == nil:
			c.Outcome = Passed
		}
		list = append(list, c)
	}
	return list
}

// finished reports whether every check came to its end at least once, and, if
// that counts, not all of them chose not to run, so that what was not seen can be
// said not to be there.
func (e *evidence) finished(names []string) bool {
	for _, name := range names {
		if !slices.ContainsFunc(e.attempts, func(a attempt) bool { return a.Check == name && a.Ended && a.death == nil }) {
			return false
		}
	}
	ran := func(a attempt) bool { return !a.Skipped || !e.strict }
	return !e.tampered && e.orphan == nil && slices.ContainsFunc(e.attempts, ran)
}

// repetitions counts how often the checks were begun anew.
func (e *evidence) repetitions() int {
	most := 0
	for _, a := range e.attempts {
		most = max(most, a.Repetition+1)
	}
	return most
}

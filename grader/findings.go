package grader

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"manche/grader/harness"
	"manche/grader/report"
	"manche/grader/sandbox"
	"manche/grader/vet"
)

// The panics with which a synctest bubble ends when its goroutines can never
// go on (testing/synctest and runtime/synctest.go, Go 1.26).
const (
	bubbleLeft    = "deadlock: main bubble goroutine has exited but blocked goroutines remain"
	bubbleBlocked = "deadlock: all goroutines in bubble are blocked"
)

// mine reports whether a file is one of the learner's; in a package with tests
// of its own, these are as well.
func (j *judgement) mine(file string) bool {
	return slices.Contains(j.ex.Editable, file) || j.own && j.ex.Checks[file] != nil
}

// findings reads everything that the attempts show.
func (j *judgement) findings(e *evidence) []Finding {
	var list []Finding
	for _, a := range e.attempts {
		found := j.inAttempt(a)
		for i := range found {
			found[i].Check = a.Check
			j.overlapping(&found[i])
		}
		list = append(list, found...)
	}
	if e.orphan != nil {
		list = append(list, j.death(e.orphan, string(e.orphan.Output)))
	}
	if e.tampered {
		list = append(list, finding(KindPanic, "panic.tampered", Place{}, nil))
	}
	return list
}

// measured matches what a check says of a time that it measured: "10 × 1s: 10s,
// want 1s". Numbers and names need no translation; the rest is put into words
// from them.
var measured = regexp.MustCompile(`^([^\n]+): ([0-9a-zµ.]+), want ([0-9a-zµ.]+)$`)

// overlapping turns a wrong result of a check that measures whether work
// overlaps into one that says so.
func (j *judgement) overlapping(f *Finding) {
	if f.Key != "test.check" || !slices.Contains(j.ex.Concurrent, f.Check) {
		return
	}
	f.Axis, f.Key = Concurrent, "test.overlap"
	if m := measured.FindStringSubmatch(f.Params["message"]); m != nil {
		f.Key, f.Params = "test.sequential", map[string]string{"work": m[1], "took": m[2], "want": m[3]}
	}
}

// inAttempt reads one attempt.
func (j *judgement) inAttempt(a attempt) []Finding {
	list := j.races(a)
	switch {
	case a.death != nil && !a.Ended:
		return append(list, j.died(a)...)
	case a.Stuck:
		return append(list, j.stuck(a))
	}
	list = append(list, j.ended(a, len(list) == 0)...)
	if a.death != nil {
		list = append(list, j.died(attempt{Attempt: harness.Attempt{Output: a.rest}, death: a.death})...)
	}
	return list
}

// ended reads one that came to its end; unexplained says that nothing else was found
// in it.
func (j *judgement) ended(a attempt, unexplained bool) []Finding {
	if strings.HasPrefix(a.Panic, bubbleBlocked) {
		return []Finding{j.deadlock(a)}
	}
	list := append(j.lockOrders(a), j.leaks(a)...)
	if a.Panic != "" && !strings.HasPrefix(a.Panic, bubbleLeft) {
		list = append(list, j.panicked(a))
	}
	if a.Goexit {
		list = append(list, finding(KindTest, "test.goexit", Place{}, nil))
	}
	return append(list, j.failures(a, unexplained && len(list) == 0)...)
}

// failures reads what the check had against the answer. A failure without a
// word is reported only if nothing else explains it.
func (j *judgement) failures(a attempt, unexplained bool) []Finding {
	if !a.Failed {
		return nil // what a check that passed had to log is no failure
	}
	said, check, silent := report.Failures(a.Output), "test.check", "test.silent"
	if j.inPlace {
		check, silent = "test.own", "test.own_silent"
	}
	if len(said) == 0 {
		if unexplained {
			return []Finding{finding(KindTest, silent, Place{}, nil)}
		}
		return nil
	}
	f := finding(KindTest, check, j.failedAt(said[0]), map[string]string{"message": said[0].Message})
	var all []string
	for _, s := range said {
		all = append(all, s.File+":"+strconv.Itoa(s.Line)+": "+s.Message)
	}
	f.Evidence = strings.Join(all, "\n")
	return []Finding{f}
}

// failedAt is where a check failed, if that is in a file that the reader has.
func (j *judgement) failedAt(f report.Failure) Place {
	if !j.mine(f.File) {
		return Place{}
	}
	return Place{File: f.File, Line: f.Line, Column: j.text().Column(f.File, f.Line)}
}

// death reads why a process ended before its time.
func (j *judgement) death(result *sandbox.Result, output string) Finding {
	limits := j.terms.program.Limits
	switch result.Stop {
	case sandbox.MemoryLimit:
		return finding(KindResource, "resource.memory", Place{}, map[string]string{"limit": megabytes(limits.Memory)})
	case sandbox.OutputLimit:
		return finding(KindResource, "resource.output", Place{}, map[string]string{"limit": megabytes(limits.Output)})
	case sandbox.ReportLimit:
		return finding(KindResource, "resource.report", Place{}, map[string]string{"limit": megabytes(limits.Report)})
	case sandbox.WallTime:
		return finding(KindTimeout, "timeout.process", j.busyPlace(output), map[string]string{"seconds": seconds(limits.Wall)})
	case sandbox.CPUTime:
		return finding(KindTimeout, "timeout.processor", j.busyPlace(output), map[string]string{"seconds": seconds(limits.CPU)})
	}
	if report.OutOfMemory(output) {
		return finding(KindResource, "resource.memory", Place{}, map[string]string{"limit": megabytes(limits.Memory)})
	}
	if limit := tooManyGoroutines.FindStringSubmatch(output); limit != nil {
		return finding(KindResource, "resource.goroutines", Place{}, map[string]string{"limit": limit[1]})
	}
	p, ok := report.LastPanic(output)
	if !ok {
		f := finding(KindPanic, "panic.exit", Place{}, nil)
		f.Evidence = lastWords(output)
		return f
	}
	if p.Fatal && strings.HasPrefix(p.Value, allAsleep) {
		who := j.goroutine(p.Goroutine, nil)
		key := "deadlock.asleep"
		if who.At.Line == 0 {
			key = "deadlock.unplaced"
		}
		f := finding(KindDeadlock, key, who.At, nil)
		f.Goroutines, f.Evidence = []Goroutine{who}, p.Text
		return f
	}
	return j.panics(p.Value, p.Goroutine, p.Text)
}

// warnings turns remarks into findings, which belong to the caller. They fail nobody, except those that the
// exercise is about.
func (j *judgement) warnings(remarks []vet.Remark) []Finding {
	var list []Finding
	for _, r := range remarks {
		f := finding(KindVet, "vet."+r.Name, Place{r.File, r.Line, r.Column}, nil)
		f.Evidence = r.Message
		if !slices.Contains(j.ex.Vet, r.Name) {
			f.Severity = SeverityWarning
		}
		list = append(list, f)
	}
	return list
}

package grader

import (
	"slices"
	"strings"

	"manche/grader/report"
	"manche/grader/source"
)

// leaks reads which goroutines stayed behind. Several that wait at one line are
// one finding.
func (j *judgement) leaks(a attempt) []Finding {
	var list []Finding
	held := handsOf(a.Held, a.Left)
	for _, g := range j.left(a) {
		if _, ok := report.First(g.Frames, j.mine); !ok {
			continue // not the learner's to end
		}
		f := j.leak(g, held)
		same := func(o Finding) bool { return o.Key == f.Key && o.Line == f.Line && o.File == f.File }
		if i := slices.IndexFunc(list, same); i >= 0 {
			list[i].Goroutines = alike(append(list[i].Goroutines, f.Goroutines...))
			continue
		}
		list = append(list, f)
	}
	if len(list) == 0 && a.Left != "" && (a.Panic == "" || strings.HasPrefix(a.Panic, bubbleLeft)) {
		list = append(list, j.unplaced(a))
	}
	return list
}

// left lists the goroutines of an attempt that were not there before it: in the
// bubble, or in the whole program.
func (j *judgement) left(a attempt) []report.Goroutine {
	return slices.DeleteFunc(report.Goroutines(a.Left), func(g report.Goroutine) bool {
		return slices.Contains(a.Known, g.ID) || a.Panic != "" && !g.Durable
	})
}

// leak reads one goroutine that stayed behind.
func (j *judgement) leak(g report.Goroutine, held hands) Finding {
	who := j.goroutine(g, held)
	goesOn := j.clocked(who) || g.Durable && j.lent(g) // but for the bubble's clock, which has stopped
	key, params := j.refine(leakKey(g.State, (g.Leaked || g.Durable) && !goesOn), who)
	if key == "leak.waiting" && goesOn {
		key = "leak.running"
	}
	if loop, ok := j.turning(g); ok && key == "leak.running" {
		who.At, who.Function = loop, j.runsIn(loop, who.Function)
	}
	f := finding(KindLeak, key, who.At, params)
	// Proven or not: a lock that something else still refers to is kept as well.
	if at, ok := held.keeper(g.ID); ok && (key == "leak.lock" || key == "leak.waiting") {
		f = finding(KindLeak, "leak.lock_kept", j.lockAt(at), waits(who, at))
	}
	f.Goroutines = []Goroutine{who}
	f.Evidence = evidenceOf(g)
	return f
}

// waits are the parameters of what is said at the place where a lock was taken
// that a goroutine waits for elsewhere.
func waits(who Goroutine, taken Place) map[string]string {
	return map[string]string{"waits": inFile(who.At, taken.File)}
}

// lockAt adds its column to the place where a lock was taken.
func (j *judgement) lockAt(at Place) Place {
	at, _ = j.located(report.Frame{File: at.File, Line: at.Line}, "lock")
	return at
}

// runsIn is the function that a place stands in; where the text does not say,
// function itself.
func (j *judgement) runsIn(at Place, function string) string {
	if name := j.text().Function(at.File, at.Line); name != "" {
		return j.ex.Package + "." + name
	}
	return function
}

// lent reports whether the goroutine is in a function of the checks, which was
// passed to the learner's: how that one waits is not to be mended.
func (j *judgement) lent(g report.Goroutine) bool {
	at, ok := report.First(g.Frames, func(file string) bool { return j.mine(file) || j.ex.Checks[file] != nil })
	return ok && !j.mine(at.File)
}

// clocked reports whether the goroutine waits for the clock. It goes on as long as
// its timer does; to say that nobody sends on the timer's channel helps nobody.
func (j *judgement) clocked(g Goroutine) bool {
	op, ok := j.text().At(g.At.File, g.At.Line, source.Kind(g.Does))
	return ok && j.text().Timed(op)
}

// leakKey names the sentence for what a goroutine waits for.
func leakKey(state string, proven bool) string {
	does := operation(state)
	switch {
	case !proven && (does == "run" || does == "sleep" || does == "block"):
		return "leak.running"
	case !proven:
		return "leak.waiting"
	case strings.HasPrefix(state, condWait):
		return "leak.signal"
	case does == "send", does == "receive", does == "select", does == "lock", does == "wait":
		return "leak." + does
	}
	return "leak.other"
}

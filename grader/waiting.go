package grader

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"manche/grader/harness/wire"
	"manche/grader/report"
)

// leaks reads which goroutines stayed behind. Several that wait at one line are
// one finding.
func (j *judgement) leaks(a attempt) []Finding {
	var list []Finding
	for _, g := range j.left(a) {
		at, ok := report.First(g.Frames, j.mine)
		if !ok {
			continue // not the learner's to end
		}
		proven := g.Leaked || g.Durable
		key := leakKey(g.State, proven)
		started, own := report.First([]report.Frame{g.Created}, j.mine)
		if !own {
			key = strings.Replace(key, "leak.", "leak.elsewhere.", 1)
		}
		i := slices.IndexFunc(list, func(f Finding) bool { return f.Key == key && f.Line == at.Line && f.File == at.File })
		if i >= 0 {
			list[i].Goroutines = append(list[i].Goroutines, j.goroutine(g))
			continue
		}
		f := finding(KindLeak, key, Place{File: at.File, Line: at.Line}, nil)
		if own {
			f.Params["started"] = strconv.Itoa(started.Line)
		}
		f.Goroutines = []Goroutine{j.goroutine(g)}
		f.Evidence = evidenceOf(g)
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

// leakKey names the sentence for what a goroutine waits for.
func leakKey(state string, proven bool) string {
	does := operation(state)
	if !proven && (does == "run" || does == "sleep") || !proven && does == "block" {
		return "leak.running"
	}
	switch does {
	case "send", "receive", "select", "lock", "wait":
		return "leak." + does
	}
	return "leak.other"
}

// stuck reads a check that was seen not to come to its end.
func (j *judgement) stuck(a attempt) Finding {
	if a.Proven && len(a.Rings) > 0 {
		return j.lockOrder(a.Rings[0], "deadlock.ring")
	}
	if a.Proven {
		return j.deadlock(a)
	}
	if a.Check == "" {
		return finding(KindTimeout, "timeout.setup", j.busyPlace(a.Left), map[string]string{"seconds": seconds(ownSetup)})
	}
	key := "timeout.check"
	if j.inPlace {
		key = "timeout.own"
	}
	return finding(KindTimeout, key, j.busyPlace(a.Left), map[string]string{"seconds": seconds(time.Duration(j.terms.orders.CheckMS) * time.Millisecond)})
}

// deadlock reads who waits for what when nobody can go on. It stands on the
// goroutine that tells most: one at a lock or a channel in the code itself, not
// the one that only waits for the others, nor one in a test.
func (j *judgement) deadlock(a attempt) Finding {
	var waiting []report.Goroutine
	for _, g := range report.Goroutines(a.Left) {
		if _, ok := report.First(g.Frames, j.mine); ok && (g.Leaked || g.Durable) {
			waiting = append(waiting, g)
		}
	}
	if len(waiting) == 0 {
		return finding(KindDeadlock, "deadlock.unplaced", Place{}, nil)
	}
	rank := func(g report.Goroutine) int {
		if slices.Contains(a.Known, g.ID) {
			return 10 + j.telling(g) // from before this check
		}
		return j.telling(g)
	}
	slices.SortStableFunc(waiting, func(x, y report.Goroutine) int { return cmp.Compare(rank(x), rank(y)) })
	f := finding(KindDeadlock, deadlockKey(waiting[0].State), j.place(waiting[0].Frames), nil)
	f.Evidence = evidenceOf(waiting[0])
	for _, g := range waiting {
		f.Goroutines = append(f.Goroutines, j.goroutine(g))
	}
	return f
}

// telling ranks a waiting goroutine, the one that tells most first.
func (j *judgement) telling(g report.Goroutine) int {
	rank := slices.Index([]string{"lock", "send", "receive", "select"}, operation(g.State))
	if rank < 0 {
		rank = 4
	}
	if !slices.Contains(j.ex.Editable, j.place(g.Frames).File) {
		rank += 5
	}
	return rank
}

// lockOrders reads the rings of locks that have not deadlocked, but can.
func (j *judgement) lockOrders(a attempt) []Finding {
	var list []Finding
	for _, ring := range a.Rings {
		list = append(list, j.lockOrder(ring, "deadlock.order"))
	}
	return list
}

// lockOrder reads one ring: each goroutine holds what the one before it wants.
func (j *judgement) lockOrder(ring []wire.LockStep, key string) Finding {
	first, last := ring[0], ring[len(ring)-1]
	f := finding(KindDeadlock, key, site(first.Wants), map[string]string{
		"held": strconv.Itoa(site(first.Holds).Line), "n": strconv.Itoa(len(ring)),
		"other": strconv.Itoa(site(last.Wants).Line), "other_held": strconv.Itoa(site(last.Holds).Line),
	})
	var said []string
	for _, step := range ring {
		f.Goroutines = append(f.Goroutines, Goroutine{Does: "lock", At: site(step.Wants)})
		said = append(said, "holds the lock taken at "+step.Holds+", wants the one at "+step.Wants)
	}
	f.Evidence = strings.Join(said, "\n")
	return f
}

// site reads file:line, as the build wrote it into the program.
func site(text string) Place {
	file, line, _ := strings.Cut(text, ":")
	n, _ := strconv.Atoi(line)
	return Place{File: file, Line: n}
}

func deadlockKey(state string) string {
	switch does := operation(state); does {
	case "send", "receive", "select", "lock", "wait":
		return "deadlock." + does
	}
	return "deadlock.other"
}

// busyPlace is where a program that does not end spends its time: the first
// goroutine of a dump that is in the learner's files and not blocked for good.
func (j *judgement) busyPlace(dump string) Place {
	var fallback Place
	for _, g := range report.Goroutines(dump) {
		at := j.place(g.Frames)
		if at.Line == 0 {
			continue
		}
		if does := operation(g.State); does == "run" {
			return at
		}
		if fallback.Line == 0 {
			fallback = at
		}
	}
	return fallback
}

// operations tells what a goroutine does from the runtime's wait reason
// (runtime/runtime2.go, waitReasonStrings, Go 1.26).
var operations = []struct{ prefix, does string }{
	{"chan send", "send"}, {"chan receive", "receive"}, {"select", "select"},
	{"sync.Mutex", "lock"}, {"sync.RWMutex", "lock"}, {"semacquire", "lock"},
	{"sync.WaitGroup", "wait"}, {"sync.Cond", "wait"}, {"synctest.Wait", "wait"},
	{"sleep", "sleep"}, {"running", "run"}, {"runnable", "run"}, {"syscall", "run"},
}

// operation translates a wait reason.
func operation(state string) string {
	for _, o := range operations {
		if strings.HasPrefix(state, o.prefix) {
			return o.does
		}
	}
	return "block"
}

// goroutine tells what a goroutine of a dump does, in the learner's files.
func (j *judgement) goroutine(g report.Goroutine) Goroutine {
	at, _ := report.First(g.Frames, j.mine)
	created, _ := report.First([]report.Frame{g.Created}, j.mine)
	return Goroutine{
		Does: operation(g.State), Function: j.named(at.Function),
		At: Place{File: at.File, Line: at.Line}, Created: Place{File: created.File, Line: created.Line},
	}
}

// place is the innermost place of a stack in the learner's files.
func (j *judgement) place(frames []report.Frame) Place {
	at, _ := report.First(frames, j.mine)
	return Place{File: at.File, Line: at.Line}
}

// named gives a function the package name that its author knows.
func (j *judgement) named(function string) string {
	function = report.Bare(function)
	if j.inPlace {
		return path.Base(function) // which begins with the import path
	}
	if rest, ok := strings.CutPrefix(function, "main."); ok {
		return j.ex.Package + "." + rest
	}
	return function
}

// evidenceOf prints a goroutine as a dump does.
func evidenceOf(g report.Goroutine) string {
	var b strings.Builder
	b.WriteString("goroutine [" + g.State + "]:\n")
	for _, f := range g.Frames {
		b.WriteString(f.Function + "\n\t" + f.File + ":" + strconv.Itoa(f.Line) + "\n")
	}
	if g.Created.Line > 0 {
		b.WriteString("created by " + g.Created.Function + "\n\t" + g.Created.File + ":" + strconv.Itoa(g.Created.Line) + "\n")
	}
	return b.String()
}

func megabytes(bytes int64) string   { return strconv.FormatInt(bytes>>20, 10) }
func seconds(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) }

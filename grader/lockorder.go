package grader

import (
	"strconv"
	"strings"

	"manche/grader/harness/wire"
	"manche/grader/report"
)

// lockOrders reads the rings of locks that have not deadlocked, but can.
func (j *judgement) lockOrders(a attempt) []Finding {
	var list []Finding
	for _, ring := range a.Rings {
		key := "deadlock.order"
		if len(ring) > 2 {
			key = "deadlock.order_of"
		}
		list = append(list, j.lockOrder(ring, key))
	}
	return list
}

// lockOrder reads one ring: each goroutine holds what the one before it wants.
func (j *judgement) lockOrder(ring []wire.LockStep, key string) Finding {
	first, last := ring[0], ring[len(ring)-1]
	var list []Goroutine
	var said []string
	for i, step := range ring {
		list = append(list, j.locker(step, (i+1)%len(ring)+1))
		said = append(said, "holds the lock taken at "+step.Holds+", wants the one at "+step.Wants)
	}
	f := finding(KindDeadlock, key, list[0].At, map[string]string{
		"held": strconv.Itoa(site(first.Holds).Line), "n": strconv.Itoa(len(ring)),
		"other": strconv.Itoa(site(last.Wants).Line), "other_held": strconv.Itoa(site(last.Holds).Line),
	})
	f.Goroutines, f.Evidence = list, strings.Join(said, "\n")
	return f
}

// locker is the goroutine of one step, which may long have ended.
func (j *judgement) locker(step wire.LockStep, next int) Goroutine {
	wants, has := site(step.Wants), site(step.Holds)
	g := Goroutine{Does: "lock", WaitsFor: next, Count: 1}
	g.Function = j.runsIn(wants, "")
	g.At, g.On = j.located(report.Frame{File: wants.File, Line: wants.Line}, "lock")
	at, on := j.located(report.Frame{File: has.File, Line: has.Line}, "lock")
	g.Holds = []Held{{On: on, At: at}}
	return g
}

// site reads file:line, as the build wrote it into the program.
func site(text string) Place {
	file, line, _ := strings.Cut(text, ":")
	n, _ := strconv.Atoi(line)
	return Place{File: file, Line: n}
}

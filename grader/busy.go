package grader

import (
	"strconv"
	"time"

	"manche/grader/report"
)

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
			if loop, ok := j.turning(g); ok {
				return loop
			}
			return at
		}
		if fallback.Line == 0 {
			fallback = at
		}
	}
	return fallback
}

// turning is the loop that a goroutine goes round in, if it may have no end: the
// line that it was seen at is luck, the loop is not.
func (j *judgement) turning(g report.Goroutine) (Place, bool) {
	for _, f := range g.Frames {
		if !j.mine(f.File) {
			continue
		}
		at, ok := j.text().Loop(f.File, f.Line)
		if !ok && j.text().Function(f.File, f.Line) == "" {
			at, ok = j.text().EmptyLoop(f.File, report.Bare(f.Function))
		}
		if ok {
			return Place(at), true
		}
	}
	return Place{}, false
}

func megabytes(bytes int64) string { return strconv.FormatInt(bytes>>20, 10) }

func seconds(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) }

// duration is a time with its unit, which both languages write alike.
func duration(d time.Duration) string {
	if d%time.Second == 0 {
		return seconds(d) + "\u00a0s"
	}
	return strconv.FormatInt(d.Milliseconds(), 10) + "\u00a0ms"
}

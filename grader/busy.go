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
			return at
		}
		if fallback.Line == 0 {
			fallback = at
		}
	}
	return fallback
}

func megabytes(bytes int64) string   { return strconv.FormatInt(bytes>>20, 10) }
func seconds(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) }

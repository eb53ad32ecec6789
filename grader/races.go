package grader

import (
	"slices"
	"strconv"
	"strings"

	"manche/grader/report"
)

// races reads the data races of an attempt. Of one that came to its end the
// driver knows how many there were; what is printed beyond that is not the race
// detector's.
func (j *judgement) races(a attempt) []Finding {
	if a.Ended && a.Races == 0 {
		return nil
	}
	reports := report.Races(a.Output)
	if a.Ended && len(reports) > a.Races {
		reports = nil // some are printed by the program: which ones, cannot be told
	}
	var list []Finding
	for _, r := range reports {
		list = append(list, j.race(r))
	}
	if len(list) == 0 && a.Races > 0 {
		list = append(list, finding(KindRace, "race.unplaced", Place{}, nil))
	}
	return list
}

// race turns one report into a finding: who writes where, who reads where, and
// which go statements started them. It stands on the write.
func (j *judgement) race(r report.Race) Finding {
	first, second := r.Accesses[0], r.Accesses[1]
	if !first.Write {
		first, second = second, first
	}
	at, other := j.accessed(first), j.accessed(second)
	if !slices.Contains(j.ex.Editable, at.File) && other.Line > 0 {
		at, other = other, at // rather the code's own line than one of its test's
	}
	f := finding(KindRace, "race.unplaced", Place{}, nil)
	switch {
	case other.Line > 0:
		f = finding(KindRace, raceKey(first, second), at, map[string]string{"other": strconv.Itoa(other.Line)})
	case at.Line > 0:
		f = finding(KindRace, "race.outside", at, nil)
	}
	for _, access := range []report.Access{first, second} {
		f.Goroutines = append(f.Goroutines, Goroutine{
			Does: verb(access), Function: j.named(functionIn(access.Frames, j.mine)),
			At: j.accessed(access), Created: j.place(access.Created),
		})
	}
	f.Evidence = r.Text
	return f
}

// accessed is the place of an access: in the code itself, where a function of
// its test was called from there, or else in the test.
func (j *judgement) accessed(a report.Access) Place {
	inCode := func(file string) bool { return slices.Contains(j.ex.Editable, file) }
	if f, ok := report.First(a.Frames, inCode); ok {
		return Place{File: f.File, Line: f.Line}
	}
	return j.place(a.Frames)
}

// raceKey names the sentence for a pair of accesses.
func raceKey(a, b report.Access) string {
	switch {
	case onChannel(a) || onChannel(b):
		return "race.channel"
	case a.Write && b.Write:
		return "race.write_write"
	}
	return "race.read_write"
}

// onChannel reports whether the access is the runtime's own, to a channel that
// is closed while another goroutine uses it.
func onChannel(a report.Access) bool {
	return len(a.Frames) > 0 && (strings.HasPrefix(a.Frames[0].Function, "runtime.closechan") ||
		strings.HasPrefix(a.Frames[0].Function, "runtime.chansend") || strings.HasPrefix(a.Frames[0].Function, "runtime.recvclosed"))
}

func verb(a report.Access) string {
	if a.Write {
		return "write"
	}
	return "read"
}

func functionIn(frames []report.Frame, mine func(string) bool) string {
	f, _ := report.First(frames, mine)
	return f.Function
}

package grader

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"manche/grader/report"
	"manche/grader/source"
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
// which go statements started them.
func (j *judgement) race(r report.Race) Finding {
	at, other, key := j.sides(r)
	key = j.meeting(&at, &other, key)
	place := at.At
	if place.Line == 0 { // rather where it was started than nowhere
		place = at.Created
	}
	f := finding(KindRace, key, place, map[string]string{"other": inFile(other.At, place.File)})
	f.Goroutines = []Goroutine{at, other}
	f.Evidence = r.Text
	return f
}

// sides are the two goroutines of a race, the one that its finding stands on first:
// the one that writes, closes or calls Add, but rather one that is in the code
// itself than one in its test. It returns the key of the sentence with them.
func (j *judgement) sides(r report.Race) (at, other Goroutine, key string) {
	first, second := r.Accesses[0], r.Accesses[1]
	key = raceKey(first, second)
	if !first.Write || key == "race.channel" && !closes(first) {
		first, second = second, first
	}
	at, other = j.accessor(first), j.accessor(second)
	switch tested := !slices.Contains(j.ex.Editable, at.At.File); {
	case key == "race.channel":
	case key == "race.waitgroup":
		at, other = other, at // it is Wait that writes
	case tested && other.At.Line > 0:
		at, other = other, at
		if key == "race.read_write" {
			key = "race.write_read"
		}
	case key == "race.write_write" && slices.Contains(j.ex.Editable, other.At.File) && before(other.At, at.At):
		at, other = other, at // which came first is luck
	}
	return at, other, key
}

// meeting says what the two sides of a race have in common, as far as it can be
// seen, and refines the key by that.
func (j *judgement) meeting(at, other *Goroutine, key string) string {
	switch {
	case key == "race.waitgroup":
		if !j.onWaitGroup(at, other) {
			return "race.unplaced"
		}
	case at.At.Line == 0:
		return "race.unplaced"
	case other.At.Line == 0:
		return "race.one_sided"
	case key == "race.channel":
		j.onChannel(at, "close", source.Close)
		j.onChannel(other, "use", source.Send, source.Receive, source.Close)
	default:
		return j.shared(at, other, key)
	}
	return key
}

// before orders places as they stand in the text.
func before(a, b Place) bool {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) < 0 && a.Line > 0
}

// shared names the variable that both sides use, and refines the key where both
// stand at one line.
func (j *judgement) shared(at, other *Goroutine, key string) string {
	a, b, variable := j.text().Shared(source.Place(at.At), source.Place(other.At))
	at.At, at.On = Place(a), variable
	other.At, other.On = Place(b), variable
	if at.At.File == other.At.File && at.At.Line == other.At.Line {
		return "race.same_line"
	}
	return key
}

// onChannel says of one side what it does to the channel.
func (j *judgement) onChannel(g *Goroutine, does string, kinds ...source.Kind) {
	g.Does = does
	for _, kind := range kinds {
		if op, ok := j.text().At(g.At.File, g.At.Line, kind); ok {
			g.At, g.On = Place(op.Place), op.On
			return
		}
	}
}

// inFile is the number of a line, with the name of its file if that is another
// one than file.
func inFile(at Place, file string) string {
	line := strconv.Itoa(at.Line)
	if at.File == file {
		return line
	}
	return line + " (" + at.File + ")"
}

// accessor is one side of a race. It stands in the code itself, where a function
// of its test was called from there, or else in the test.
func (j *judgement) accessor(a report.Access) Goroutine {
	at, ok := report.First(a.Frames, func(file string) bool { return slices.Contains(j.ex.Editable, file) })
	if !ok {
		at, _ = report.First(a.Frames, j.mine)
	}
	g := Goroutine{Does: verb(a), Count: 1}
	g.Created, g.Runs = j.begun(a)
	if at.Line > 0 {
		g.Function, g.At = j.named(at.Function), Place{File: at.File, Line: at.Line, Column: j.text().Column(at.File, at.Line)}
	}
	return g
}

// begun is where the goroutine of an access was started, and what for. Of one that
// sync.WaitGroup.Go started, the detector does not show the frame that called that;
// it is found by what it runs.
func (j *judgement) begun(a report.Access) (Place, string) {
	if len(a.Created) > 0 && strings.HasPrefix(a.Created[0].Function, "sync.") {
		for _, f := range slices.Backward(a.Frames) {
			if start, ok := j.text().StartOf(f.Function, f.File, f.Line); ok {
				return Place(start.Place), start.Runs
			}
		}
		return Place{}, ""
	}
	at := j.place(a.Created)
	if start, ok := j.text().StartedAt(at.File, at.Line); ok {
		return Place(start.Place), start.Runs
	}
	return at, ""
}

// raceKey names the sentence for a pair of accesses.
func raceKey(a, b report.Access) string {
	switch {
	case onChannel(a) || onChannel(b):
		return "race.channel"
	case onWaitGroup(a, b):
		return "race.waitgroup"
	case a.Write && b.Write:
		return "race.write_write"
	}
	return "race.read_write"
}

// onChannel reports whether the access is the runtime's own, to a channel that
// is closed while another goroutine uses it.
func onChannel(a report.Access) bool {
	return closes(a) || by(a, "runtime.chansend") || by(a, "runtime.recvclosed")
}

func closes(a report.Access) bool { return by(a, "runtime.closechan") }

// by reports whether the access is in a function whose name begins so.
func by(a report.Access, function string) bool {
	return len(a.Frames) > 0 && strings.HasPrefix(a.Frames[0].Function, function)
}

func verb(a report.Access) string {
	if a.Write {
		return "write"
	}
	return "read"
}

// onWaitGroup reports whether the accesses are those by which sync.WaitGroup lets
// the detector see an Add that runs at the same time as Wait (sync/waitgroup.go):
// it reads and writes its own counter through the runtime. An RWMutex only reads
// so, and iter.Pull only writes.
func onWaitGroup(a, b report.Access) bool {
	return a.Write != b.Write && (by(a, "runtime.racewrite") || by(b, "runtime.racewrite")) && (by(a, "runtime.raceread") || by(b, "runtime.raceread"))
}

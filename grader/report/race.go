package report

import (
	"regexp"
	"strconv"
	"strings"
)

// Access is one side of a data race.
type Access struct {
	Write     bool
	Goroutine int64 // 0 for the main goroutine
	Frames    []Frame
	Created   []Frame // stack of its go statement, innermost first
}

// Race is one report of the race detector.
type Race struct {
	Accesses []Access // the later one first
	Text     string   // the report as printed
}

// raceRule is the line of signs around each report.
const raceRule = "=================="

var (
	accessLine  = regexp.MustCompile(`^(?:Previous )?(?i:(?:atomic )?(read|write)) at 0x[0-9a-f]+ by (?:goroutine (\d+)|main goroutine):`)
	createdLine = regexp.MustCompile(`^Goroutine (\d+) \((?:running|finished)\) created at:`)
)

// Races reads the reports of the race detector in a text, in the order in which
// they stand. A report that was cut off is left out, also where another one
// begins before its end.
func Races(text string) []Race {
	const opening = raceRule + "\nWARNING: DATA RACE\n"
	var races []Race
	for rest := text; ; {
		_, after, found := strings.Cut(rest, opening)
		if !found {
			return races
		}
		body, _, closed := strings.Cut(after, "\n"+raceRule)
		if !closed {
			return races
		}
		rest = after[len(body)+len("\n"):]
		if strings.HasPrefix(rest, opening) {
			continue // the rule opens the next one
		}
		if r := parseRace(body); len(r.Accesses) == 2 {
			races = append(races, r) // and not one with the end of another in it
		}
	}
}

// parseRace reads one report.
func parseRace(body string) Race {
	r := Race{Text: "WARNING: DATA RACE\n" + body}
	created := make(map[int64][]Frame)
	lines := strings.Split(body, "\n")
	for len(lines) > 0 {
		line := lines[0]
		lines = lines[1:]
		if m := accessLine.FindStringSubmatch(line); m != nil {
			a := Access{Write: strings.EqualFold(m[1], "write")}
			a.Goroutine, _ = strconv.ParseInt(m[2], 10, 64)
			a.Frames, lines = parseFrames(lines)
			r.Accesses = append(r.Accesses, a)
		} else if m := createdLine.FindStringSubmatch(line); m != nil {
			id, _ := strconv.ParseInt(m[1], 10, 64)
			created[id], lines = parseFrames(lines)
		}
	}
	for i := range r.Accesses {
		r.Accesses[i].Created = created[r.Accesses[i].Goroutine]
	}
	return r
}

package report

import (
	"regexp"
	"strconv"
	"strings"
)

// Goroutine is one goroutine of a dump.
type Goroutine struct {
	ID      int64
	State   string // "chan send", "select", "running", …
	Leaked  bool   // the garbage collector proved that it can never go on
	Durable bool   // in a synctest bubble, waiting for something inside it
	Bubble  int    // number of its synctest bubble, 0 outside
	Frames  []Frame
	Created Frame // its go statement; zero for the first goroutine
}

var (
	header    = regexp.MustCompile(`(?m)^goroutine (\d+)(?: gp=\S+ m=\S+(?: mp=\S+)?)? \[([^\]\n]*)\]:?$`)
	createdBy = regexp.MustCompile(`^created by (.+?)(?: in goroutine \d+)?$`)
	bubble    = regexp.MustCompile(`^synctest bubble (\d+)$`)
)

// Goroutines reads a dump of goroutines, wherever it begins in the text.
func Goroutines(text string) []Goroutine {
	lines := strings.Split(text, "\n")
	var all []Goroutine
	for len(lines) > 0 {
		m := header.FindStringSubmatch(lines[0])
		lines = lines[1:]
		if m == nil {
			continue
		}
		var g Goroutine
		g.ID, _ = strconv.ParseInt(m[1], 10, 64)
		g.setState(m[2])
		g.Frames, lines = parseFrames(lines)
		if len(lines) >= 2 {
			if by := createdBy.FindStringSubmatch(lines[0]); by != nil {
				created, _ := parseFrames([]string{by[1], lines[1]})
				if len(created) == 1 {
					g.Created = created[0]
					lines = lines[2:]
				}
			}
		}
		all = append(all, g)
	}
	return all
}

// setState reads what stands in brackets: "chan send (leaked), 2 minutes,
// synctest bubble 3, locked to thread".
func (g *Goroutine) setState(text string) {
	for i, part := range strings.Split(text, ", ") {
		if i == 0 {
			g.State = part
			g.State, g.Leaked = cutSuffix(g.State, " (leaked)", g.Leaked)
			g.State, g.Durable = cutSuffix(g.State, " (durable)", g.Durable)
			g.State, g.Leaked = cutSuffix(g.State, " (leaked)", g.Leaked)
			continue
		}
		if m := bubble.FindStringSubmatch(part); m != nil {
			g.Bubble, _ = strconv.Atoi(m[1])
		}
	}
}

// cutSuffix takes the suffix off and reports whether it, or an earlier one, was
// there.
func cutSuffix(s, suffix string, was bool) (string, bool) {
	rest, found := strings.CutSuffix(s, suffix)
	return rest, found || was
}

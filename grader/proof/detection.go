package proof

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Count is what the trials of one program, or of several, say together.
type Count struct {
	Name     string `json:"name"`     // of the program or the family; empty for all
	Programs int    `json:"programs"` // counted
	Verdicts int    `json:"verdicts"` // on the program with the bug
	Caught   int    `json:"caught"`   // named the bug
	Placed   int    `json:"placed"`   // and a right line
	Sounds   int    `json:"sounds"`   // verdicts on the sound twin
	Alarms   int    `json:"alarms"`   // did not pass it
	Plains   int    `json:"plains"`   // plain runs of go test -race
	Escapes  int    `json:"escapes"`  // passed in spite of the bug
}

// add counts other in.
func (c *Count) add(other Count) {
	c.Programs += other.Programs
	c.Verdicts, c.Caught, c.Placed = c.Verdicts+other.Verdicts, c.Caught+other.Caught, c.Placed+other.Placed
	c.Sounds, c.Alarms = c.Sounds+other.Sounds, c.Alarms+other.Alarms
	c.Plains, c.Escapes = c.Plains+other.Plains, c.Escapes+other.Escapes
}

// Detection is what the trials say of one program.
type Detection struct {
	Count
	Family string   `json:"family"`
	Missed []string `json:"missed,omitempty"` // verdicts that were not as they should be
}

// Sum counts trials, by program and in the order of programs. Those of a program
// that is not among them are left out.
func Sum(programs []Program, trials []Trial) []Detection {
	list, place := make([]Detection, len(programs)), make(map[string]int)
	for i, p := range programs {
		list[i] = Detection{Count: Count{Name: p.Name, Programs: 1}, Family: family(p.Name)}
		place[p.Name] = i
	}
	for _, t := range trials {
		if i, ok := place[t.Program]; ok {
			list[i].count(t)
		}
	}
	return list
}

// count counts one trial.
func (d *Detection) count(t Trial) {
	switch t.Series {
	case Broken:
		d.add(Count{Verdicts: 1, Caught: one(t.Caught), Placed: one(t.Placed)})
	case Sound:
		d.add(Count{Sounds: 1, Alarms: one(t.Caught)})
	case Plain:
		d.add(Count{Plains: 1, Escapes: one(!t.Caught)})
	}
	if t.Series == Broken && !t.Placed || t.Series == Sound && t.Caught {
		said := append([]string{string(t.Outcome)}, t.Said...)
		d.Missed = append(d.Missed, fmt.Sprintf("%s, seed %d: %s", t.Series, t.Seed, strings.Join(said, " ")))
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// Total is the sum of all.
func Total(list []Detection) Count {
	var total Count
	for _, d := range list {
		total.add(d.Count)
	}
	return total
}

// ByFamily sums up by kind of bug, in the order in which they come.
func ByFamily(list []Detection) []Count {
	var sums []Count
	for _, d := range list {
		i := slices.IndexFunc(sums, func(c Count) bool { return c.Name == d.Family })
		if i < 0 {
			i = len(sums)
			sums = append(sums, Count{Name: d.Family})
		}
		sums[i].add(d.Count)
	}
	return sums
}

// Weakest lists up to n programs of which a verdict was not as it should be, the
// weakest first.
func Weakest(list []Detection, n int) []Detection {
	weak := slices.DeleteFunc(slices.Clone(list), func(d Detection) bool { return len(d.Missed) == 0 })
	slices.SortStableFunc(weak, func(x, y Detection) int {
		return cmp.Or(cmp.Compare(y.Alarms, x.Alarms), cmp.Compare(Share(x.Caught, x.Verdicts), Share(y.Caught, y.Verdicts)),
			cmp.Compare(Share(x.Placed, x.Verdicts), Share(y.Placed, y.Verdicts)))
	})
	return weak[:min(n, len(weak))]
}

// Share is a part of a whole, 0 where there is no whole.
func Share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

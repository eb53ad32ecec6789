package proof

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"manche/exercises"
	"manche/grader"
)

// dispute is one objection to several verdicts.
type dispute struct {
	objection
	verdicts int
	got      []string // what they said, each once
}

// disputes are all that there are about one case, in the order of their first
// verdicts.
type disputes []*dispute

// add counts an objection to one more verdict.
func (list *disputes) add(o objection) {
	i := slices.IndexFunc(*list, func(d *dispute) bool { return d.key == o.key && d.want == o.want })
	if i < 0 {
		i = len(*list)
		*list = append(*list, &dispute{objection: o})
	}
	d := (*list)[i]
	d.verdicts++
	if !slices.Contains(d.got, o.got) {
		d.got = append(d.got, o.got)
	}
	if d.at.Line == 0 {
		d.at = o.at
	}
}

// defect is what the author is told of a dispute about so many of the verdicts.
func (c Case) defect(d dispute, times int) exercises.Defect {
	params := map[string]string{
		"n": strconv.Itoa(d.verdicts), "times": strconv.Itoa(times), "want": d.want, "got": strings.Join(d.got, "; "),
	}
	folder, key := path.Join("exercises", c.Exercise.Slug, c.Folder), "proof."+d.key
	if c.Mutant != nil {
		params["name"], params["was"] = c.Mutant.Name, c.Mutant.Was
		return exercises.Defect{File: folder, Line: c.Mutant.Line, Key: key, Params: params}
	}
	at := c.look(d.at)
	return exercises.Defect{File: path.Join(folder, at.File), Line: at.Line, Key: key, Params: params}
}

// look is where in the answer its author looks first: where a verdict points, else
// where the author said that it would, else at the top.
func (c Case) look(at grader.Place) grader.Place {
	switch {
	case at.Line > 0:
		return at
	case c.Answer.Line > 0:
		return grader.Place{File: c.Answer.File, Line: c.Answer.Line}
	}
	return grader.Place{File: slices.Min(slices.Collect(maps.Keys(c.Answer.Files))), Line: 1}
}

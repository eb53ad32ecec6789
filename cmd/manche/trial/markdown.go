// Package trial puts into words and tables what became of a trial of attacks and
// forgeries.
package trial

import (
	"fmt"
	"strconv"
	"strings"

	"manche/cmd/manche/figures"
	"manche/content"
	"manche/grader/attack"
)

// Drawn is a line on what was drawn, and on the memory that it took.
func Drawn(r *attack.Report, v content.Voice) string {
	d := r.Drawn
	mb := func(bytes int64) string { return figures.Number(v, float64(bytes)/1e6, 1) }
	return v.Say("cli.doctor.drawn", "n", d.N, "at", d.AtATime, "seed", strconv.FormatUint(d.Seed, 10),
		"once", d.Once.Total, "held", d.Once.Held,
		"before", mb(d.Resident[0]), "after", mb(d.Resident[1]), "growth", mb(d.Growth()), "limit", attack.MaxGrowth/1_000_000)
}

// Markdown writes what was drawn for the README: how, the sums, and what was
// counted before and after.
func Markdown(s figures.Setting, r *attack.Report, user int, v content.Voice) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n%s\n\n", s.Line(v), Drawn(r, v), Sum(r, user, v))
	rows := [][]string{{"", v.Say("cli.doctor.column.before"), v.Say("cli.doctor.column.after"), v.Say("cli.doctor.column.left")}}
	for _, kind := range []struct {
		key                 string
		before, after, left []string
	}{
		{"processes", r.Before.Processes, r.After.Processes, r.Left.Processes},
		{"cgroups", r.Before.Cgroups, r.After.Cgroups, r.Left.Cgroups},
		{"mounts", r.Before.Mounts, r.After.Mounts, r.Left.Mounts},
		{"files", r.Before.Files, r.After.Files, r.Left.Files},
		{"descriptors", r.Before.Descriptors, r.After.Descriptors, r.Left.Descriptors},
	} {
		rows = append(rows, []string{v.Say("cli.doctor.counted." + kind.key),
			strconv.Itoa(len(kind.before)), strconv.Itoa(len(kind.after)), strconv.Itoa(len(kind.left))})
	}
	figures.Table(&b, rows)
	return b.String()
}

// Sum is a line on how many were held, tried by a user of this number.
func Sum(r *attack.Report, user int, v content.Voice) string {
	return v.Say("cli.doctor.sums", "tier", r.Tier, "user", user,
		"attacks", r.Attacks.Total, "held", r.Attacks.Held, "forgeries", r.Forgeries.Total, "seen", r.Forgeries.Held)
}

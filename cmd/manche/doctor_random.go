package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"manche/cmd/manche/figures"
	"manche/content"
	"manche/grader/attack"
)

// attackSection is the place in the README of what was drawn.
const attackSection = figures.Section("attack")

// setting is under which circumstances a trial is made.
func (o trialOptions) setting(ctx context.Context, t attack.Trial) figures.Setting {
	command := "go run ./cmd/manche doctor --attack --random " + strconv.Itoa(int(o.random)) +
		" --at-a-time " + strconv.Itoa(int(o.atATime)) + " --seed " + strconv.FormatUint(o.seed, 10)
	return figures.Now(ctx, t.Toolchain.Version, command)
}

// drawing tells how far what is drawn is; of each tried once nothing is told, since
// each outcome is.
func (p *program) drawing(t attack.Trial) *figures.Progress {
	if t.Draw == nil {
		return figures.NewProgress(io.Discard, false, p.voice(), "cli.doctor.progress", 1)
	}
	return figures.NewProgress(p.err, isTerminal(p.err), p.voice(), "cli.doctor.progress", t.Draw.N)
}

// drawnSum is a line on what was drawn, and on the memory that it took.
func (p *program) drawnSum(r *attack.Report, v content.Voice) string {
	d := r.Drawn
	mb := func(bytes int64) string { return figures.Number(v, float64(bytes)/1e6, 1) }
	return v.Say("cli.doctor.drawn", "n", d.N, "at", d.AtATime, "seed", strconv.FormatUint(d.Seed, 10),
		"once", d.Once.Total, "held", d.Once.Held,
		"before", mb(d.Resident[0]), "after", mb(d.Resident[1]), "growth", mb(d.Growth()), "limit", attack.MaxGrowth/1_000_000)
}

// drawnMarkdown writes what was drawn for the README: how, the sums, and what was
// counted before and after.
func (p *program) drawnMarkdown(s figures.Setting, r *attack.Report, v content.Voice) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n%s\n\n", s.Line(v), p.drawnSum(r, v), p.trialSum(r, v))
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

// trialSum is a line on how many were held.
func (p *program) trialSum(r *attack.Report, v content.Voice) string {
	return v.Say("cli.doctor.sums", "tier", r.Tier, "user", os.Geteuid(),
		"attacks", r.Attacks.Total, "held", r.Attacks.Held, "forgeries", r.Forgeries.Total, "seen", r.Forgeries.Held)

}

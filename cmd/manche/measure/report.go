package measure

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"manche/cmd/manche/figures"
	"manche/content"
)

// Setting is under which circumstances was measured.
type Setting struct {
	figures.Setting
	Tier   string `json:"sandbox"`
	Load   string `json:"load"` // before; see [Load]
	Rounds int    `json:"rounds"`
}

// Report is all that a run gives. Its JSON form is that of bench --json.
type Report struct {
	Setting Setting `json:"setting"`
	*Results
	Targets []Target `json:"targets"`
}

// NewReport holds the results against the targets.
func NewReport(s Setting, r *Results) *Report { return &Report{s, r, r.Targets()} }

// Load is how many processes wanted a processor in the last minute, as Linux
// tells; "" elsewhere.
func Load() string {
	raw, _ := os.ReadFile("/proc/loadavg")
	load, _, _ := strings.Cut(string(raw), " ")
	return load
}

// Met reports whether all targets were reached.
func (r *Report) Met() bool {
	return !slices.ContainsFunc(r.Targets, func(t Target) bool { return !t.Met })
}

// Markdown writes the report, in tables that can be read as they are.
func (r *Report) Markdown(v content.Voice) string {
	var b strings.Builder
	s := r.Setting
	fmt.Fprintf(&b, "%s\n\n", v.Say("cli.bench.setting", "date", s.Date.Format(time.DateOnly), "commit", figures.Dashed(s.Commit),
		"toolchain", s.Toolchain, "system", s.Machine.System, "cpu", s.Machine.CPU, "cores", s.Machine.Cores, "tier", s.Tier,
		"load", figures.Dashed(localised(v, s.Load)), "rounds", s.Rounds, "command", s.Command))
	fmt.Fprintf(&b, "%s\n\n", v.Say("cli.bench.legend"))
	p := printer{&b, v}
	for _, t := range r.Exercises {
		p.times(t)
	}
	p.rates(r.Rates)
	p.sundries(r)
	p.targets(r.Targets, r.Server.Verdicts)
	return b.String()
}

// localised writes a number that the system wrote in its own way.
func localised(v content.Voice, number string) string {
	if v.Lang() == content.FR {
		return strings.Replace(number, ".", ",", 1)
	}
	return number
}

// printer writes tables.
type printer struct {
	io.Writer
	content.Voice
}

// times writes a table for each answer of an exercise.
func (p printer) times(t Times) {
	for _, answer := range []string{Passing, Starter} {
		fmt.Fprintf(p, "%s\n\n", p.Say("cli.bench.answer."+answer, "exercise", t.Exercise))
		rows := [][]string{p.head("what", "median", "fastest", "of_go_test", "of_tuned")}
		for _, r := range t.Rows {
			if r.Answer == answer {
				rows = append(rows, []string{p.Say("cli.bench.way." + r.Way), p.ms(r.Median), p.ms(r.Min), p.ratio(r.OfGoTest), p.ratio(r.OfTuned)})
			}
		}
		figures.Table(p, rows)
		p.stages(t, answer)
	}
	goTest := t.row(Passing, wayGoTest).Median
	fmt.Fprintf(p, "%s\n\n", p.Say("cli.bench.across", "first", p.ratio(ratio(t.row(Starter, wayFirst).Median, goTest)),
		"ahead", p.ratio(ratio(t.row(Starter, wayAheadFirst).Median, goTest))))
}

// stages writes where the time of a verdict goes, on one line.
func (p printer) stages(t Times, answer string) {
	var list []string
	for _, r := range t.Stages {
		if r.Answer == answer {
			list = append(list, p.Say("cli.bench.stage."+r.Way, "took", p.ms(r.Median)))
		}
	}
	if len(list) > 0 {
		fmt.Fprintf(p, "%s\n\n", p.Say("cli.bench.stages", "list", strings.Join(list, ", ")))
	}
}

// rates writes the verdicts per second.
func (p printer) rates(all []Rate) {
	rows := [][]string{p.head("rates", "workers", "per_second", "cpu", "verdicts")}
	for _, r := range all {
		cpu := figures.Dashed("")
		if r.CPUSeconds > 0 {
			cpu = figures.Number(p.Voice, r.CPUSeconds, 3) + " s"
		}
		rows = append(rows, []string{p.Say("cli.bench.way." + r.Way), fmt.Sprint(r.Workers), figures.Number(p.Voice, r.PerSecond, 2), cpu, fmt.Sprint(r.Verdicts)})
	}
	figures.Table(p, rows)
}

// sundries writes what stands beside the tables.
func (p printer) sundries(r *Report) {
	fmt.Fprintf(p, "%s\n\n", p.Say("cli.bench.memory", "peak", p.mb(r.Memory.Peak), "idle", p.mb(r.Memory.Idle), "own", p.mb(r.Memory.Own)))
	w := r.Walls
	fmt.Fprintf(p, "%s\n\n", p.Say("cli.bench.walls", "plain", p.tenths(w.Plain), "walled", p.tenths(w.Walled), "cost", p.tenths(w.Cost()), "unexpected", p.tenths(w.Unexpected-w.Plain), "runs", w.Runs))
	s := r.Server
	fmt.Fprintf(p, "%s\n\n", p.Say("cli.bench.server", "resubmissions", s.Resubmission, "resubmitted", p.number(s.Resubmitted, unitMillis),
		"cancels", s.Cancels, "cancelled", p.number(s.Cancelled, unitMillis), "worst", p.number(s.CancelledMax, unitMillis),
		"least", p.mb(s.Least), "later", p.mb(s.Later), "verdicts", s.Verdicts))
	if r.Cold != nil {
		fmt.Fprintf(p, "%s\n\n", p.Say("cli.bench.cold", "seconds", figures.Number(p.Voice, r.Cold.Seconds, 1), "size", p.mb(r.Cold.Size)))
	}
}

// targets writes what is to be reached, and whether it was.
func (p printer) targets(all []Target, verdicts int) {
	rows := [][]string{p.head("target", "measured", "limit", "met")}
	for _, t := range all {
		got, sign, mark := figures.Dashed(""), "≤ ", "✗"
		if t.Measured {
			got = p.number(t.Got, t.Unit)
		}
		if t.Least {
			sign = "≥ "
		}
		if t.Met {
			mark = "✓"
		}
		rows = append(rows, []string{p.Say("cli.bench.target."+t.Name, "exercise", t.Exercise, "verdicts", verdicts), got, sign + p.number(t.Limit, t.Unit), mark})
	}
	figures.Table(p, rows)
}

// head is the first row of a table.
func (p printer) head(columns ...string) []string {
	var row []string
	for _, c := range columns {
		row = append(row, p.Say("cli.bench.column."+c))
	}
	return row
}

// number writes a figure with its unit: a ratio with three decimals, so that it
// shows on which side of a limit it is, and little with one.
func (p printer) number(x float64, unit string) string {
	decimals := 3
	switch {
	case unit == unitCount:
		decimals = 0
	case unit != "" && x < 10:
		decimals = 1
	case unit != "":
		decimals = 0
	}
	text := figures.Number(p.Voice, x, decimals)
	switch unit {
	case unitMillis:
		return text + " " + unitMillis
	case unitMB:
		return p.Say("cli.bench.mb", "n", text)
	}
	return text
}

func (p printer) ms(x float64) string { return figures.Number(p.Voice, x, 0) + " " + unitMillis }

func (p printer) tenths(ms float64) string { return figures.Number(p.Voice, ms, 1) + " " + unitMillis }

func (p printer) mb(bytes int64) string {
	return p.Say("cli.bench.mb", "n", figures.Number(p.Voice, float64(bytes)/megabyte, 0))
}

// ratio is a dash where there is nothing to compare with.
func (p printer) ratio(x float64) string {
	if x == 0 {
		return figures.Dashed("")
	}
	return figures.Number(p.Voice, x, 2)
}

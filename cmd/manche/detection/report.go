package detection

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"manche/cmd/manche/figures"
	"manche/content"
	"manche/grader/proof"
)

// Setting is under which circumstances a series was made.
type Setting struct {
	figures.Setting
	Busy bool `json:"busy"`
	// Repetitions is how often a verdict runs each test at most; what it took to
	// get one are medians, over broken and sound programs.
	Repetitions int   `json:"repetitions"`
	Runs        int   `json:"median_runs"`
	Millis      int64 `json:"median_ms"`
}

// Report is all that a series gives. Its JSON form is that of bench detection
// --json.
type Report struct {
	Setting  Setting           `json:"setting"`
	Total    proof.Count       `json:"total"`
	Bars     []proof.Bar       `json:"bars"`
	Families []proof.Count     `json:"families"`
	Programs []proof.Detection `json:"programs"`
}

// NewReport sums trials up, and fills in what the setting has of them.
func NewReport(s Setting, programs []proof.Program, trials []proof.Trial) *Report {
	verdicts := slices.DeleteFunc(slices.Clone(trials), func(t proof.Trial) bool { return t.Series == proof.Plain })
	s.Runs = median(verdicts, func(t proof.Trial) int { return t.Runs })
	s.Millis = median(verdicts, func(t proof.Trial) int64 { return t.Millis })
	list := proof.Sum(programs, trials)
	return &Report{Setting: s, Total: proof.Total(list), Bars: proof.Bars(list), Families: proof.ByFamily(list), Programs: list}
}

// median is the middle one, 0 of none.
func median[T int | int64](trials []proof.Trial, of func(proof.Trial) T) T {
	var values []T
	for _, t := range trials {
		values = append(values, of(t))
	}
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// Met reports whether all that must be reached was.
func (r *Report) Met() bool {
	return !slices.ContainsFunc(r.Bars, func(b proof.Bar) bool { return !b.Met })
}

// weakest is how many programs are named for being found least.
const weakest = 6

// Markdown writes the report: a line with the setting, the sums, what must be
// reached, a table of the families and the weakest programs.
func (r *Report) Markdown(v content.Voice) string {
	var b strings.Builder
	t := r.Total
	fmt.Fprintf(&b, "%s\n\n", r.setting(v))
	fmt.Fprintf(&b, "%s\n\n", v.Say("cli.detection.sum", "programs", t.Programs, "verdicts", t.Verdicts, "caught", t.Caught,
		"placed", t.Placed, "alarms", t.Alarms, "sounds", t.Sounds, "escapes", t.Escapes, "plains", t.Plains))
	r.bars(&b, v)
	fmt.Fprintf(&b, "\n%s\n|---|--:|--:|--:|--:|--:|\n", v.Say("cli.detection.families"))
	for _, f := range r.Families {
		fmt.Fprintf(&b, "| `%s` | %d | %s |\n", f.Name, f.Programs, row(v, f))
	}
	weak := proof.Weakest(r.Programs, weakest)
	if len(weak) > 0 {
		fmt.Fprintf(&b, "\n%s\n|---|--:|--:|--:|--:|\n", v.Say("cli.detection.weak"))
	}
	for _, d := range weak {
		fmt.Fprintf(&b, "| `%s` | %s |\n", d.Name, row(v, d.Count))
	}
	return b.String()
}

// setting is the line on how it was measured.
func (r *Report) setting(v content.Voice) string {
	s, load := r.Setting, v.Say("cli.detection.idle")
	if s.Busy {
		load = v.Say("cli.detection.busy", "cores", s.Machine.Cores)
	}
	return v.Say("cli.detection.setting", "date", s.Date.Format(time.DateOnly), "commit", figures.Dashed(s.Commit), "toolchain", s.Toolchain,
		"cpu", s.Machine.CPU, "system", s.Machine.System, "cores", s.Machine.Cores, "load", load,
		"repetitions", s.Repetitions, "runs", s.Runs, "seconds", figures.Number(v, float64(s.Millis)/1000, 3), "command", s.Command)
}

// bars writes what must be reached, and whether it was.
func (r *Report) bars(b *strings.Builder, v content.Voice) {
	fmt.Fprintf(b, "%s\n|---|--:|--:|---|\n", v.Say("cli.detection.bars"))
	for _, bar := range r.Bars {
		got, limit, mark := figures.Number(v, bar.Got, 3), "≥ "+figures.Number(v, bar.Limit, 3), "✗"
		if bar.Most {
			got, limit = fmt.Sprint(bar.Got), "≤ "+fmt.Sprint(bar.Limit) // counts
		}
		if bar.Met {
			mark = "✓"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", v.Say("cli.detection.bar."+bar.Name), got, limit, mark)
	}
}

// row is a row of counts, without its beginning.
func row(v content.Voice, c proof.Count) string {
	return fmt.Sprintf("%s | %s | %d/%d | %s",
		share(v, c.Caught, c.Verdicts), share(v, c.Placed, c.Verdicts), c.Alarms, c.Sounds, share(v, c.Escapes, c.Plains))
}

// share prints a part of a whole.
func share(v content.Voice, part, whole int) string {
	if whole == 0 {
		return figures.Dashed("")
	}
	return figures.Number(v, proof.Share(part, whole), 3)
}

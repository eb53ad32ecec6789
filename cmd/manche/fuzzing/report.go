package fuzzing

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"manche/cmd/manche/figures"
	"manche/content"
)

// Setting is under which circumstances targets were run.
type Setting struct {
	figures.Setting
	Seconds int `json:"seconds"` // for which each target ran
	AtATime int `json:"at_a_time"`
}

// Report is what came of all targets. Its JSON form is that of bench fuzz --json.
type Report struct {
	Setting Setting   `json:"setting"`
	Held    bool      `json:"held"` // every one of them, and there was one
	Targets []Outcome `json:"targets"`
}

// NewReport sums outcomes up.
func NewReport(s Setting, outcomes []Outcome) *Report {
	broken := slices.ContainsFunc(outcomes, func(o Outcome) bool { return !o.Held })
	return &Report{Setting: s, Held: len(outcomes) > 0 && !broken, Targets: append([]Outcome{}, outcomes...)}
}

// Markdown writes a line with the setting, the sums, and a row for each target.
func (r *Report) Markdown(v content.Voice) string {
	s, inputs, failed := r.Setting, 0, 0
	rows := [][]string{{v.Say("cli.fuzz.column.target"), v.Say("cli.fuzz.column.inputs"), v.Say("cli.fuzz.column.rate"),
		v.Say("cli.fuzz.column.new"), v.Say("cli.fuzz.column.kept"), v.Say("cli.fuzz.column.commit"), ""}}
	for _, o := range r.Targets {
		inputs += o.Inputs
		sign := "✓"
		if !o.Held {
			sign, failed = "✗", failed+1
		}
		rows = append(rows, []string{"`" + o.Package + "." + o.Name + "`", strconv.Itoa(o.Inputs), strconv.Itoa(o.Inputs / max(o.Seconds, 1)),
			strconv.Itoa(o.New), strconv.Itoa(o.Kept), figures.Dashed(o.Commit), sign})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n\n", s.Line(v),
		v.Say("cli.fuzz.sum", "targets", len(r.Targets), "time", time.Duration(s.Seconds)*time.Second, "n", s.AtATime, "inputs", inputs, "failed", failed))
	figures.Table(&b, rows)
	return b.String()
}

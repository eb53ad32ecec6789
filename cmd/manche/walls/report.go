package walls

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"manche/cmd/manche/figures"
	"manche/content"
)

// Setting is under which circumstances the walls were tried.
type Setting struct {
	figures.Setting
	Tier  string        `json:"tier"`
	Rules int           `json:"rules"` // that there are, of which a sample may have been tried
	Took  time.Duration `json:"took_ns"`
}

// Count is how many rules of a wall were loosened, and how many of them some test
// saw, and by which tests.
type Count struct {
	Wall  Wall     `json:"wall"`
	Rules int      `json:"rules"`
	Red   int      `json:"red"`
	Tests []string `json:"tests"`
}

// Report is what became of all of them. Its JSON form is that of bench walls --json.
type Report struct {
	Setting Setting `json:"setting"`
	Walls   []Count `json:"walls"`
	Trials  []Trial `json:"trials"`
}

// NewReport sums trials up.
func NewReport(s Setting, trials []Trial) *Report {
	r := &Report{Setting: s, Trials: trials}
	for _, w := range Walls() {
		c := Count{Wall: w, Tests: []string{}}
		for _, t := range trials {
			if t.Wall != w {
				continue
			}
			if c.Rules++; t.Held() {
				c.Red++
				name, _, _ := strings.Cut(t.Red, "/")
				c.Tests = append(c.Tests, name)
			}
		}
		slices.Sort(c.Tests)
		c.Tests = slices.Compact(c.Tests)
		r.Walls = append(r.Walls, c)
	}
	return r
}

// Survivors are the trials that no test saw, or that could not be made.
func (r *Report) Survivors() []Trial {
	return slices.DeleteFunc(slices.Clone(r.Trials), Trial.Held)
}

// Held reports whether every loosened rule was seen.
func (r *Report) Held() bool { return len(r.Survivors()) == 0 && len(r.Trials) > 0 }

// Markdown writes the report: a line with the setting, a sum, and a table of the
// walls.
func (r *Report) Markdown(v content.Voice) string {
	var b strings.Builder
	s := r.Setting
	fmt.Fprintf(&b, "%s\n\n", v.Say("cli.walls.setting", "date", s.Date.Format(time.DateOnly), "commit", figures.Dashed(s.Commit),
		"toolchain", s.Toolchain, "system", s.Machine.System, "cpu", s.Machine.CPU, "cores", s.Machine.Cores, "tier", s.Tier,
		"took", s.Took.Round(time.Second), "command", s.Command))
	fmt.Fprintf(&b, "%s\n\n", v.Say("cli.walls.sum", "tried", len(r.Trials), "rules", s.Rules, "survivors", len(r.Survivors())))
	fmt.Fprintf(&b, "%s\n|---|--:|--:|--:|\n", v.Say("cli.walls.table"))
	for _, c := range r.Walls {
		fmt.Fprintf(&b, "| %s | %d | %d | %d |\n", v.Say("cli.walls.wall."+string(c.Wall)), c.Rules, c.Red, len(c.Tests))
	}
	for _, t := range r.Survivors() {
		fmt.Fprintf(&b, "\n- `%s`", t.Place())
	}
	return b.String()
}

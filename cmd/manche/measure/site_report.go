package measure

import (
	"fmt"
	"slices"
	"strings"

	"manche/cmd/manche/figures"
	"manche/content"
)

// SiteReport is a measured site, and under which circumstances.
type SiteReport struct {
	figures.Setting
	Site
	Targets []Target `json:"targets"`
}

// NewSiteReport holds the figures against what is to be reached.
func NewSiteReport(s figures.Setting, r Site) *SiteReport {
	return &SiteReport{s, r, r.Targets()}
}

// Targets holds the figures against what is to be reached. What could not be
// measured is not met.
func (r Site) Targets() []Target {
	all := []Target{
		{Name: "handler_p99", Got: r.Pages.P99, Limit: 5, Unit: unitMillis},
		{Name: "of_nginx", Got: ratio(r.Pages.Ours, r.Pages.Theirs), Limit: 0.5, Least: true},
		{Name: "crowd_judged", Got: float64(r.Crowd.Verdicts), Limit: float64(r.Crowd.Learners), Least: true, Unit: unitCount},
		{Name: "crowd_untrue", Got: float64(r.Crowd.Untrue), Unit: unitCount, Measured: r.Crowd.Learners > 0},
		{Name: "crowd_doubled", Got: float64(r.Crowd.Doubled), Unit: unitCount, Measured: r.Crowd.DoubleClicks > 0},
		{Name: "fair", Got: float64(r.Fairness.Before), Limit: float64(r.Fairness.Window + r.Fairness.Slots), Unit: unitCount, Measured: r.Fairness.Many > 0},
	}
	for i := range all {
		all[i].judge()
	}
	return all
}

// Met reports whether every target is met.
func (r *SiteReport) Met() bool {
	return !slices.ContainsFunc(r.Targets, func(t Target) bool { return !t.Met })
}

// Markdown is the report as people read it.
func (r *SiteReport) Markdown(v content.Voice) string {
	var b strings.Builder
	p := printer{&b, v}
	fmt.Fprintf(p, "%s\n\n", r.Line(v))
	fmt.Fprintf(p, "%s\n\n", v.Say("cli.site.pace", "path", r.Pages.Path, "asked", r.Pages.Asked, "pace", r.Pages.PerSecond,
		"median", hundredths(v, r.Pages.Median), "most", hundredths(v, r.Pages.P99), "worst", hundredths(v, r.Pages.Worst)))
	key := "cli.site.beside"
	if r.Pages.Theirs == 0 {
		key = "cli.site.no_peer"
	}
	fmt.Fprintf(p, "%s\n\n", v.Say(key, "connections", r.Pages.Connections, "size", r.Pages.Bytes, "ours", int(r.Pages.Ours),
		"theirs", int(r.Pages.Theirs), "peer", r.Pages.Peer))
	c := r.Crowd
	fmt.Fprintf(p, "%s\n\n", v.Say("cli.site.crowd", "learners", c.Learners, "verdicts", c.Verdicts, "refused", c.Refused, "untrue", c.Untrue,
		"median", figures.Number(v, c.Median/1000, 1), "last", figures.Number(v, c.Last/1000, 1), "clicks", c.DoubleClicks, "doubled", c.Doubled))
	f := r.Fairness
	fmt.Fprintf(p, "%s\n\n", v.Say("cli.site.fair", "many", f.Many, "before", f.Before, "window", f.Window, "slots", f.Slots, "took", p.ms(f.Verdict)))
	p.targets(r.Targets, 0)
	return b.String()
}

func hundredths(v content.Voice, ms float64) string {
	return figures.Number(v, ms, 2) + " " + unitMillis
}

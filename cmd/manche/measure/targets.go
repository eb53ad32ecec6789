package measure

import "slices"

// Target is something that is to be reached.
type Target struct {
	Name     string  `json:"name"`
	Exercise string  `json:"exercise,omitempty"` // empty where one stands for all
	Got      float64 `json:"got"`
	Limit    float64 `json:"limit"`
	Least    bool    `json:"least,omitempty"` // the limit is a lower one
	Unit     string  `json:"unit,omitempty"`  // "ms", "MB" or "1"; empty for a ratio
	Measured bool    `json:"measured"`
	Met      bool    `json:"met"`
}

// The units of targets.
const (
	unitMillis = "ms"
	unitMB     = "MB" // a million bytes
	unitCount  = "1"  // a number of things
)

const megabyte = 1e6

// Targets holds the figures against what is to be reached. What could not be
// measured is not met.
func (r *Results) Targets() []Target {
	var all []Target
	for _, t := range r.Exercises {
		all = append(all, t.targets()...)
	}
	tuned := func(workers int) Rate { return r.rate(wayTuned, workers) }
	ours := func(workers int) Rate { return r.rate(wayFinal, workers) }
	all = append(all,
		Target{Name: "cpu_of_tuned", Got: ratio(ours(1).CPUSeconds, tuned(1).CPUSeconds), Limit: 0.5},
		Target{Name: "rate_of_tuned", Got: ratio(ours(2).PerSecond, tuned(2).PerSecond), Limit: 2, Least: true},
		Target{Name: "rate_once_of_tuned", Got: ratio(r.rate(wayOnce, 2).PerSecond, tuned(2).PerSecond), Limit: 2, Least: true},
		Target{Name: "resubmitted", Got: r.Server.Resubmitted, Limit: 5, Unit: unitMillis},
		Target{Name: "cancelled", Got: r.Server.CancelledMax, Limit: 50, Unit: unitMillis},
		Target{Name: "walls", Got: r.Walls.Cost(), Limit: 8, Unit: unitMillis, Measured: r.Walls.Runs > 0},
		Target{Name: "peak", Got: float64(r.Memory.Peak) / megabyte, Limit: 150, Unit: unitMB},
		Target{Name: "growth", Got: float64(r.Server.Later-r.Server.Least) / megabyte, Limit: 20, Unit: unitMB, Measured: r.Server.Least > 0},
	)
	for i := range all {
		all[i].judge()
	}
	return all
}

// targets are those of one exercise.
func (t Times) targets() []Target {
	remark, first, final := t.row(Starter, wayRemark), t.row(Starter, wayFirst), t.row(Passing, wayFinal)
	ahead, process := t.row(Starter, wayAheadFirst), t.row(Passing, wayProcess)
	all := []Target{
		{Name: "remark_of_go_test", Got: remark.OfGoTest, Limit: 0.15},
		{Name: "remark_of_tuned", Got: remark.OfTuned, Limit: 0.5},
		{Name: "first_of_go_test", Got: first.OfGoTest, Limit: 0.15},
		{Name: "first_of_tuned", Got: first.OfTuned, Limit: 0.5},
		{Name: "final_of_go_test", Got: final.OfGoTest, Limit: 0.22},
		{Name: "final_of_tuned", Got: final.OfTuned, Limit: 0.75},
		{Name: "ahead_of_go_test", Got: ahead.OfGoTest, Limit: 0.06},
		{Name: "process_of_go_test", Got: process.OfGoTest, Limit: 0.25},
		{Name: "process_of_tuned", Got: process.OfTuned, Limit: 0.75},
	}
	for i := range all {
		all[i].Exercise = t.Exercise
	}
	return all
}

// judge says whether the target is met. A ratio or a time of 0 was not measured.
func (t *Target) judge() {
	t.Measured = t.Measured || t.Got > 0
	t.Met = t.Measured && (t.Least && t.Got >= t.Limit || !t.Least && t.Got <= t.Limit)
}

// row is the one of this way, the zero row where there is none.
func (t Times) row(answer, way string) Row {
	i := slices.IndexFunc(t.Rows, func(r Row) bool { return r.Answer == answer && r.Way == way })
	if i < 0 {
		return Row{}
	}
	return t.Rows[i]
}

func (r *Results) rate(way string, workers int) Rate {
	i := slices.IndexFunc(r.Rates, func(rate Rate) bool { return rate.Way == way && rate.Workers == workers })
	if i < 0 {
		return Rate{}
	}
	return r.Rates[i]
}

package proof

// What the grader must reach on the corpus, as shares.
const (
	leastMean   = 0.98 // of the bugs are found by one verdict
	leastCaught = 0.90 // of the verdicts on any one program find its bug
	leastPlaced = 0.95 // of the verdicts name a right line as well
	mostAlarms  = 0    // sound programs fail
	// leastHidden of the programs escape at least hiddenIn of the plain runs:
	// bugs that show at once would say nothing of the grader.
	leastHidden = 0.5
	hiddenIn    = 0.5
)

// Bar is one of the figures that the grader must reach.
type Bar struct {
	Name  string  `json:"name"` // "mean", "weakest", "placed", "alarms" or "hidden"
	Got   float64 `json:"got"`
	Limit float64 `json:"limit"`
	// Most: a count that is not to exceed its limit, not a share that is to reach
	// it.
	Most bool `json:"most"`
	// Met is false as well for what nobody has tried on some program.
	Met bool `json:"met"`
}

// Bars holds the detections against what must be reached.
func Bars(list []Detection) []Bar {
	total, weakest, mean, hidden := Total(list), 1.0, 0.0, 0
	verdicts, sounds, plains := len(list) > 0, len(list) > 0, len(list) > 0 // tried on every program
	for _, d := range list {
		caught := Share(d.Caught, d.Verdicts)
		mean, weakest = mean+caught/float64(len(list)), min(weakest, caught)
		hidden += one(Share(d.Escapes, d.Plains) >= hiddenIn)
		verdicts, sounds, plains = verdicts && d.Verdicts > 0, sounds && d.Sounds > 0, plains && d.Plains > 0
	}
	return []Bar{
		reach("mean", mean, leastMean, verdicts),
		reach("weakest", weakest, leastCaught, verdicts),
		reach("placed", Share(total.Placed, total.Verdicts), leastPlaced, verdicts),
		{Name: "alarms", Got: float64(total.Alarms), Limit: mostAlarms, Most: true, Met: sounds && total.Alarms <= mostAlarms},
		reach("hidden", Share(hidden, len(list)), leastHidden, plains),
	}
}

// reach is a bar that is met from its limit on; floating-point sums of whole
// shares may stay a rounding below it.
func reach(name string, got, limit float64, tried bool) Bar {
	const rounding = 1e-9
	return Bar{Name: name, Got: got, Limit: limit, Met: tried && got >= limit-rounding}
}

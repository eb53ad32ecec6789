package measure

import (
	"slices"
	"time"
)

// Row is what one way to a verdict took, over all rounds.
type Row struct {
	Answer string  `json:"answer"`
	Way    string  `json:"way"`
	Median float64 `json:"median_ms"`
	Min    float64 `json:"min_ms"`
	Rounds int     `json:"rounds"`
	// OfGoTest and OfTuned are the median's ratios to the medians of the two ways
	// to test the same answer without us; 0 where there is none.
	OfGoTest float64 `json:"of_go_test,omitempty"`
	OfTuned  float64 `json:"of_tuned,omitempty"`
}

// samples are times in milliseconds, by answer and way. The zero value is ready
// once made.
type samples map[[2]string][]float64

func (s samples) add(answer, way string, ms float64) {
	s[[2]string{answer, way}] = append(s[[2]string{answer, way}], ms)
}

// rows sums up the ways that have samples.
func (s samples) rows(answer string, ways []string) []Row {
	var rows []Row
	goTest, tuned := median(s[[2]string{answer, wayGoTest}]), median(s[[2]string{answer, wayTuned}])
	for _, way := range ways {
		values := s[[2]string{answer, way}]
		if len(values) == 0 {
			continue
		}
		m := median(values)
		rows = append(rows, Row{
			Answer: answer, Way: way, Median: m, Min: slices.Min(values), Rounds: len(values),
			OfGoTest: ratio(m, goTest), OfTuned: ratio(m, tuned),
		})
	}
	return rows
}

// median is the middle, 0 of nothing.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// ratio is 0 where there is nothing to compare with.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// millis is how long ago that was, in milliseconds.
func millis(start time.Time) float64 { return time.Since(start).Seconds() * 1000 }

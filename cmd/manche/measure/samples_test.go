package measure_test

import (
	"slices"
	"testing"

	"manche/cmd/manche/measure"
)

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{9, 1, 2}, 2}, {[]float64{4, 1, 9, 2}, 3}} {
		if got := measure.Median(test.values); got != test.want {
			t.Errorf("the median of %v is %v, want %v", test.values, got, test.want)
		}
	}
}

func TestRows(t *testing.T) {
	times := map[[2]string][]float64{
		{"passing", "go_test"}: {100, 300, 200}, {"passing", "final"}: {50, 40, 60}, {"starter", "go_test"}: {1},
		{"starter", "first"}: {3, 5},
	}
	want := []measure.Row{
		{Answer: "passing", Way: "go_test", Median: 200, Min: 100, Rounds: 3, OfGoTest: 1},
		{Answer: "passing", Way: "final", Median: 50, Min: 40, Rounds: 3, OfGoTest: 0.25},
	}
	if got := measure.Rows(times, "passing", []string{"go_test", "tuned", "first", "final"}); !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

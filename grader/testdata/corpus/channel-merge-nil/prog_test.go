package corpus

import (
	"maps"
	"testing"
)

func TestHighestOfTwoFeeds(t *testing.T) {
	tests := []struct {
		name string
		a, b []int
	}{
		{"both", []int{101}, []int{55, 52, 58}},
		{"only one", nil, []int{7, 9}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := make(map[string]int)
			for _, p := range tt.a {
				want["A"] = max(want["A"], p)
			}
			for _, p := range tt.b {
				want["B"] = max(want["B"], p)
			}
			got := Highest(Merge(Feed("A", tt.a...), Feed("B", tt.b...)))
			if !maps.Equal(got, want) {
				t.Errorf("highest = %v, want %v", got, want)
			}
		})
	}
}

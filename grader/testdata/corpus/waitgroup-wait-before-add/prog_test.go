package corpus

import "testing"

func emit(sensor string, values ...float64) <-chan Reading {
	c := make(chan Reading)
	go func() {
		defer close(c)
		for _, v := range values {
			c <- Reading{sensor, v}
		}
	}()
	return c
}

func TestMeanOfMerged(t *testing.T) {
	got := Mean(Merge(emit("roof", 1, 3, 5), emit("cellar", 8, 10), emit("roof", 7, 9)))
	if got["roof"] != 5 || got["cellar"] != 9 {
		t.Errorf("Mean = %v, want roof 5 and cellar 9", got)
	}
}

package corpus

import (
	"context"
	"testing"
)

func TestFirstAbove(t *testing.T) {
	for _, limit := range []float64{1, 3.2, 5} {
		value := -1.0
		rising := func() float64 { value++; return value }
		r, ok := FirstAbove(context.Background(), limit, rising)
		if !ok || r.Value <= limit || r.Value > limit+1 {
			t.Errorf("first above %g: %v, %t", limit, r, ok)
		}
	}
}

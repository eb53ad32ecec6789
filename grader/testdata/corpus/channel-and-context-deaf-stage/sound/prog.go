package corpus

import "context"

// Reading is one value of a sensor.
type Reading struct {
	Sensor int
	Value  float64
}

// Readings sends the values of one sensor until the context ends.
func Readings(ctx context.Context, sensor int, next func() float64) <-chan Reading {
	out := make(chan Reading)
	go func() {
		defer close(out)
		for {
			select {
			case out <- Reading{sensor, next()}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Smooth replaces each value by the mean of it and the one before.
func Smooth(ctx context.Context, in <-chan Reading) <-chan Reading {
	out := make(chan Reading)
	go func() {
		defer close(out)
		last, begun := 0.0, false
		for r := range in {
			if !begun {
				last, begun = r.Value, true
			}
			mean := (last + r.Value) / 2
			last = r.Value
			select {
			case out <- Reading{r.Sensor, mean}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// FirstAbove returns the first smoothed value above the limit.
func FirstAbove(ctx context.Context, limit float64, next func() float64) (Reading, bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for r := range Smooth(ctx, Readings(ctx, 1, next)) {
		if r.Value > limit {
			return r, true
		}
	}
	return Reading{}, false
}

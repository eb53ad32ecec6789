package corpus

import "sync"

// Reading is one value of a sensor.
type Reading struct {
	Sensor string
	Value  float64
}

// Merge forwards all sources into one channel, which is closed when the last
// source has ended. The caller must drain it.
func Merge(sources ...<-chan Reading) <-chan Reading {
	out := make(chan Reading)
	var wg sync.WaitGroup
	for _, source := range sources {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for r := range source {
				out <- r
			}
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

// Mean drains a stream of readings and returns the mean value of each sensor.
func Mean(in <-chan Reading) map[string]float64 {
	sum, n := make(map[string]float64), make(map[string]int)
	for r := range in {
		sum[r.Sensor] += r.Value
		n[r.Sensor]++
	}
	for sensor := range sum {
		sum[sensor] /= float64(n[sensor])
	}
	return sum
}
